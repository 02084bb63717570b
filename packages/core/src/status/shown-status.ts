import type { Check } from '../check.ts';
import { isAdverse, isOver, neutralLabel } from './check-status.ts';

/** Stands for every result, good or bad, before whoever may not see it. */
export const doneLabel = 'Done';

/** Stands for a state under way that we have no word for, before whoever may not see a result: Turn's own could tell it. */
export const underWayLabel = 'Processing';

/**
 * The word for how a check stands: as Lever shows it where the person may see the verdict, else neutral progress that
 * gives no result away. Null while Turn's status was never read.
 */
export const shownStatus = (
  { status }: Pick<Check, 'status'>,
  { maySeeVerdict, neutralAdverse }: { readonly maySeeVerdict: boolean; readonly neutralAdverse: boolean },
): string | null => {
  if (status === null) return null;
  const { status: known } = status;
  if (maySeeVerdict) return neutralAdverse && isAdverse(known) ? neutralLabel : known.label;
  if (known.hasReport || isAdverse(known) || (isOver(known) && known.name !== 'withdrawn')) return doneLabel;
  return known.name === 'unrecognised' ? underWayLabel : known.label;
};
