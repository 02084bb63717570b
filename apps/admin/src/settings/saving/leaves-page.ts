/** A place of the console: its path and what the address says besides. */
interface Place {
  readonly pathname: string;
  readonly search: object;
}

const accountOf = ({ search }: Place): unknown => ('account' in search ? search.account : undefined);

/** Whether what was entered would be lost on the way: another page, or the same of another account. */
export const leavesPage = (current: Place, next: Place): boolean =>
  current.pathname !== next.pathname || accountOf(current) !== accountOf(next);
