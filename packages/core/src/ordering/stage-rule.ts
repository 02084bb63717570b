import type { Instant, StageId } from '../ids.ts';
import type { Opportunity } from './opportunity.ts';

/** A step of Lever's pipeline. */
export interface Stage {
  readonly id: StageId;
  readonly name: string;
}

/** Which of Lever's stages starts a check. */
export type TriggerStage =
  | { readonly kind: 'unresolved'; readonly name: string }
  | { readonly kind: 'resolved'; readonly id: StageId; readonly name: string }
  /** Resolved once (`lastId`) and no longer in Lever; or a name Lever does not know. */
  | { readonly kind: 'missing'; readonly name: string; readonly lastId?: StageId }
  /** Two stages carry this name: a person picks. */
  | { readonly kind: 'ambiguous'; readonly name: string; readonly ids: readonly StageId[] };

const folded = (name: string): string => name.trim().replace(/\s+/gu, ' ').toLowerCase();

/**
 * Finds the trigger stage among Lever's stages. Once resolved the id counts, so a rename in Lever is followed and a
 * vanished stage is `missing`; before that names match trimmed and case-insensitively.
 */
export const resolveTriggerStage = (current: TriggerStage, stages: readonly Stage[]): TriggerStage => {
  if (current.kind === 'resolved') {
    const same = stages.find((stage) => stage.id === current.id);
    return same === undefined
      ? { kind: 'missing', name: current.name, lastId: current.id }
      : { kind: 'resolved', ...same };
  }
  const matches = stages.filter((stage) => folded(stage.name) === folded(current.name));
  const [first] = matches;
  if (first === undefined)
    return current.kind === 'missing' ? current : { kind: 'missing', name: current.name };
  if (matches.length > 1) return { kind: 'ambiguous', name: current.name, ids: matches.map(({ id }) => id) };
  return { kind: 'resolved', id: first.id, name: first.name };
};

/** Where a candidate stands towards the trigger stage. `enteredAt` and `leftAt` are of the latest entry. */
export type StageStanding =
  | { readonly kind: 'in-stage'; readonly enteredAt: Instant }
  | { readonly kind: 'left'; readonly enteredAt: Instant; readonly leftAt: Instant }
  | { readonly kind: 'never-entered' };

/**
 * Tells from Lever's own record whether the candidate is in the stage, was, or never was. Lever's `stage` decides;
 * `stageChanges` gives the times. A candidate created directly in the stage has no change: `lastAdvancedAt`, then
 * `createdAt`, stand in.
 */
export const standingTowards = (stageId: StageId, opportunity: Opportunity): StageStanding => {
  const changes = [...opportunity.stageChanges].sort((a, b) => a.at - b.at);
  const lastEntry = changes.findLastIndex((change) => change.toStageId === stageId);
  const entry = changes[lastEntry];
  if (opportunity.stageId === stageId) {
    return { kind: 'in-stage', enteredAt: entry?.at ?? opportunity.lastAdvancedAt ?? opportunity.createdAt };
  }
  if (entry === undefined) return { kind: 'never-entered' };
  const exit = changes[lastEntry + 1];
  return { kind: 'left', enteredAt: entry.at, leftAt: exit?.at ?? opportunity.lastAdvancedAt ?? entry.at };
};

/**
 * Whether a stage a candidate was in may be the trigger stage, although that is not resolved: one of two of its name, or
 * the one that vanished. Into a stage that never existed nobody can have moved.
 */
export const mayBeTrigger = (triggerStage: TriggerStage, stageIds: readonly (StageId | null)[]): boolean => {
  if (triggerStage.kind === 'missing')
    return triggerStage.lastId !== undefined && stageIds.includes(triggerStage.lastId);
  if (triggerStage.kind === 'ambiguous') return triggerStage.ids.some((id) => stageIds.includes(id));
  return true;
};
