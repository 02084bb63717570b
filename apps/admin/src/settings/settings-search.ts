/** What the address of the page says besides the account. */
export interface SettingsSearch {
  /** Whether the card is expanded. */
  readonly open?: true;
  /** How the way through Lever's consent ended. */
  readonly lever?: string;
  /** The permissions that Lever did not grant, separated by commas. */
  readonly missing?: string;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Reads the address, which anybody may have written. */
export const toSettingsSearch = (search: Readonly<Record<string, unknown>>): SettingsSearch => {
  const [lever, missing] = [text(search.lever), text(search.missing)];
  return {
    ...(search.open === true || lever !== undefined ? { open: true } : {}),
    ...(lever === undefined ? {} : { lever }),
    ...(missing === undefined ? {} : { missing }),
  };
};
