import type { PackageId } from './ids.ts';

/** What a Super Admin decides for a connection. */
export interface Settings {
  /** Name of the stage that starts a check, as pasted. */
  readonly triggerStage: string;
  /** Null: Turn's own default, the package is left out of the order. */
  readonly defaultPackageId: PackageId | null;
  readonly onInvalidPackageTag: 'default' | 'hold';
  /** Seconds between the stage change and the decision: a drag to the wrong column costs nothing. */
  readonly waitBeforeOrdering: number;
  /** Order rows within 60 minutes beyond which the rest is held. */
  readonly ordersPerHour: number;
  /** Whether the report note is visible only to people with sensitive-information privileges in Lever. */
  readonly reportNoteSecret: boolean;
  /** Whether followers are notified when a check turns to Consider. */
  readonly notifyFollowersOnConsider: boolean;
  /** Whether adverse statuses are shown as one neutral word. */
  readonly neutralAdverse: boolean;
  /** Lever user in whose name notes and tags are written; null: nobody's. */
  readonly performAs: string | null;
}

/** What a fresh connection starts with. The stage is the one the help article names. */
export const defaultSettings: Settings = {
  triggerStage: 'Reference Check',
  defaultPackageId: null,
  onInvalidPackageTag: 'default',
  waitBeforeOrdering: 30,
  ordersPerHour: 50,
  reportNoteSecret: false,
  notifyFollowersOnConsider: false,
  neutralAdverse: false,
  performAs: null,
};

/** One thing wrong with what a person or a program gave us. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** Either settings, or everything that is wrong with them at once. */
export type SettingsReading =
  | { readonly kind: 'valid'; readonly settings: Settings }
  | { readonly kind: 'invalid'; readonly issues: readonly Issue[] };

type Rule<Key extends keyof Settings> = (value: unknown) => { readonly value: Settings[Key] } | string;

const text =
  (longest: number) =>
  (value: unknown): { value: string } | string => {
    if (typeof value !== 'string' || value.trim() === '') return 'Expected a text that is not empty.';
    if (value.trim().length > longest) return `Expected at most ${longest} characters.`;
    // No database column or header takes those.
    return /[\p{Cc}\p{Cs}]/u.test(value.trim())
      ? 'Expected a text without control characters.'
      : { value: value.trim() };
  };

const textOrNull =
  (longest: number) =>
  (value: unknown): { value: string | null } | string =>
    value === null ? { value: null } : text(longest)(value);

const wholeNumber =
  (least: number, most: number, unit: string) =>
  (value: unknown): { value: number } | string =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? { value }
      : `Expected a whole number from ${least} to ${most}${unit}.`;

const yesOrNo = (value: unknown): { value: boolean } | string =>
  typeof value === 'boolean' ? { value } : 'Expected true or false.';

/** One named rule for each setting. */
export const settingsRules: { readonly [Key in keyof Settings]: Rule<Key> } = {
  triggerStage: text(200),
  defaultPackageId: (value) => textOrNull(64)(value) as { value: PackageId | null } | string,
  onInvalidPackageTag: (value) =>
    value === 'default' || value === 'hold' ? { value } : 'Expected "default" or "hold".',
  waitBeforeOrdering: wholeNumber(0, 86_400, ' seconds'),
  ordersPerHour: wholeNumber(1, 10_000, ''),
  reportNoteSecret: yesOrNo,
  notifyFollowersOnConsider: yesOrNo,
  neutralAdverse: yesOrNo,
  performAs: textOrNull(100),
};

/**
 * Reads settings that somebody gave us on top of those that hold now. Strict: an unknown name is an issue too. Never
 * throws.
 */
export const parseSettings = (given: unknown, current: Settings = defaultSettings): SettingsReading => {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return { kind: 'invalid', issues: [{ path: '', message: 'Expected an object.' }] };
  }
  const settings: Record<string, unknown> = { ...current };
  const issues: Issue[] = [];
  for (const [path, value] of Object.entries(given)) {
    if (!Object.hasOwn(settingsRules, path)) {
      issues.push({ path, message: `Not a setting. Known: ${Object.keys(settingsRules).join(', ')}.` });
      continue;
    }
    const read = settingsRules[path as keyof Settings](value);
    if (typeof read === 'string') issues.push({ path, message: read });
    else settings[path] = read.value;
  }
  return issues.length > 0
    ? { kind: 'invalid', issues }
    : { kind: 'valid', settings: settings as unknown as Settings };
};
