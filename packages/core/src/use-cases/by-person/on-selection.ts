import type { Outcome } from './perform.ts';

/** What became of one thing of a selection. */
export interface Selected<Id, Result> {
  readonly id: Id;
  readonly outcome: Outcome<Result>;
}

/** Does the same to each thing a person selected, one after the other; each is allowed and audited by itself. */
export const onSelection = async <Id, Result>(
  ids: readonly Id[],
  perform: (id: Id) => Promise<Outcome<Result>>,
): Promise<readonly Selected<Id, Result>[]> => {
  const ends: Selected<Id, Result>[] = [];
  for (const id of ids) ends.push({ id, outcome: await perform(id) });
  return ends;
};
