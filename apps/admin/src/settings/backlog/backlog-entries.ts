/** What the two previews answer: checks that are held, and candidates whom nothing was decided about. */
export interface Previews {
  readonly checks: readonly {
    readonly id: string;
    readonly opportunityId: string;
    readonly createdAt: number;
    readonly hold: { readonly since: number } | null;
  }[];
  readonly entries: readonly {
    readonly opportunityId: string;
    readonly name: string;
    readonly enteredAt: number;
  }[];
}

/** One candidate who waits for a person. Times in ms since 1970 UTC. */
export interface BacklogEntry {
  readonly key: string;
  /** Null where only Lever knows it. */
  readonly name: string | null;
  readonly opportunityId: string;
  readonly since: number;
  /** What is given to order or discard it. */
  readonly subject:
    | { readonly kind: 'check'; readonly checkId: string }
    | { readonly kind: 'entry'; readonly opportunityId: string; readonly enteredAt: number };
}

/** What a person decides about one who waits. */
export type Decision = 'order' | 'discard';

/** Everybody who waits, oldest first. `names` are those known by opportunity. */
export const toEntries = (
  { checks, entries }: Previews,
  names: ReadonlyMap<string, string>,
): readonly BacklogEntry[] =>
  [
    ...checks.map(
      ({ id, opportunityId, createdAt, hold }): BacklogEntry => ({
        key: id,
        name: names.get(opportunityId) ?? null,
        opportunityId,
        since: hold?.since ?? createdAt,
        subject: { kind: 'check', checkId: id },
      }),
    ),
    ...entries.map(
      ({ opportunityId, name, enteredAt }): BacklogEntry => ({
        key: `${opportunityId} ${enteredAt}`,
        name,
        opportunityId,
        since: enteredAt,
        subject: { kind: 'entry', opportunityId, enteredAt },
      }),
    ),
  ].sort((a, b) => a.since - b.since);

/** What is said before it is done to so many. */
export const confirmWords = (
  decision: Decision,
  count: number,
): { readonly title: string; readonly text: string; readonly label: string } => {
  const candidates = count === 1 ? '1 candidate' : `${count} candidates`;
  const checks = count === 1 ? '1 check' : `${count} checks`;
  return decision === 'order'
    ? {
        title: `Order ${checks}?`,
        text: `${checks} ${count === 1 ? 'is' : 'are'} ordered at Turn and billed, and Turn writes to ${candidates}. Whoever no longer stands in the stage, or has a check already, is left out.`,
        label: `Order ${checks}`,
      }
    : {
        title: `Discard ${candidates}?`,
        text: `No check is ordered for ${candidates}. Moved into the stage again, ${count === 1 ? 'the candidate is' : 'they are'} considered anew.`,
        label: `Discard ${candidates}`,
      };
};
