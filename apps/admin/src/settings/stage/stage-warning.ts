/** A stage of Lever's pipeline. */
export interface ListedStage {
  readonly id: string;
  readonly name: string;
}

/** Which of Lever's stages starts a check, as it is saved. */
export type SavedStage =
  | { readonly kind: 'unresolved'; readonly name: string }
  | { readonly kind: 'resolved'; readonly id: string; readonly name: string }
  | { readonly kind: 'missing'; readonly name: string; readonly lastId?: string }
  | { readonly kind: 'ambiguous'; readonly name: string; readonly ids: readonly string[] };

const folded = (name: string): string => name.trim().replace(/\s+/gu, ' ').toLowerCase();

/**
 * What is wrong with the saved stage, in words; null where nothing is. `stages` null: they cannot be read now. What was
 * read now counts more than what was found when it was saved.
 */
export const stageWarning = (saved: SavedStage, stages: readonly ListedStage[] | null): string | null => {
  if (saved.kind === 'resolved') {
    const isThere = stages === null || stages.some(({ id }) => id === saved.id);
    return isThere ? null : deleted(saved.name);
  }
  if (saved.kind === 'missing' && saved.lastId !== undefined) return deleted(saved.name);
  const named = stages?.filter(({ name }) => folded(name) === folded(saved.name)) ?? null;
  if (saved.kind === 'ambiguous' || (named !== null && named.length > 1)) {
    const count = named === null || named.length < 2 ? 'Several' : String(named.length);
    return `${count} stages in Lever are called “${saved.name}”. Choose the one that starts a check; until then nobody is ordered.`;
  }
  const isUnknown = named === null ? saved.kind === 'missing' : named.length === 0;
  if (isUnknown)
    return `Lever has no stage called “${saved.name}”. Choose one from the list, or add the stage in Lever; until then nobody is ordered.`;
  return null;
};

/** The stage to show as chosen in the list; null where none can be told. */
export const chosenStageId = (saved: SavedStage, stages: readonly ListedStage[]): string | null => {
  if (saved.kind === 'resolved') return stages.find(({ id }) => id === saved.id)?.id ?? null;
  if (saved.kind === 'missing' && saved.lastId !== undefined) return null;
  const [only, ...others] = stages.filter(({ name }) => folded(name) === folded(saved.name));
  return only === undefined || others.length > 0 ? null : only.id;
};

const deleted = (name: string): string =>
  `The stage “${name}” was deleted in Lever. Choose another one; until then nobody is ordered.`;

/** Who stands in the stage, and that they are not ordered by themselves. */
export const standingSentence = ({
  count,
  isMore,
}: {
  readonly count: number;
  readonly isMore: boolean;
}): string => {
  if (count === 0) return 'No candidate stands there now.';
  if (count === 1 && !isMore) return '1 candidate stands there now and is not ordered by itself.';
  return `${count}${isMore ? ' or more' : ''} candidates stand there now; they are not ordered by themselves.`;
};

/** The names of stages, told apart where two are alike. */
export const stageOptions = (
  stages: readonly ListedStage[],
): readonly { readonly value: string; readonly label: string }[] => {
  const counts = new Map<string, number>();
  for (const { name } of stages) counts.set(folded(name), (counts.get(folded(name)) ?? 0) + 1);
  return stages.map(({ id, name }, place) => ({
    value: id,
    label: (counts.get(folded(name)) ?? 0) > 1 ? `${name} (step ${place + 1} of the pipeline)` : name,
  }));
};
