import { candidateOf, type Model } from '../model.ts';
import { packageTags } from '../steps/step.ts';
import {
  type Look,
  type LookAtCandidate,
  type LookAtCheck,
  personsNote,
  personsTag,
} from '../system-under-test.ts';
import { isForgotten, tagFor, withReport } from './expectations.ts';

const isOurs = (tag: string): boolean => tag.startsWith('TurnStatus:');
const reportNote = 'Turn background check report';
const heldNote = 'Turn background check not ordered';
const turnIdNote = (turnId: string): string => `Turn background check ordered. Turn ID: ${turnId}`;

/** A5: Lever shows exactly what Turn says, each thing once, and nothing of anybody else's is touched. */
export const auditLever = (model: Model, { candidates, checks }: Look): readonly string[] =>
  candidates.flatMap((candidate, number) => {
    const mine = checks.filter((check) => check.candidate === number);
    return [
      ...auditOthers(model, candidate, number),
      ...auditNotMore(candidate, number),
      // Where Lever lets us no longer in, it may show what was true before.
      ...(model.isRevoked || model.connection.isDisconnected
        ? []
        : auditShown(model, candidate, number, mine)),
    ];
  });

/** Without waiting for a poll Lever shows what Turn said to somebody. */
export const auditPromptness = (model: Model, { candidates, checks }: Look): readonly string[] => {
  if (model.isRevoked || model.connection.isDisconnected) return [];
  return candidates.flatMap(({ orders, tags }, number) => {
    const { isTurnUnheard } = candidateOf(model, number);
    const newest = newestOf(checks.filter(({ candidate }) => candidate === number));
    const order = orders.find(({ orderNumber }) => orderNumber === newest?.orderNumber);
    if (isTurnUnheard || newest?.phase !== 'ordered' || newest.isStopped || order === undefined) return [];
    const wanted = tagFor(order.state, model);
    const shown = tags.filter(isOurs).join();
    return shown === wanted ? [] : [`A5: ${number} shows ${shown} and not ${wanted}, which Turn told us.`];
  });
};

const hasReport = (notes: readonly string[], { workerId }: LookAtCandidate['orders'][number]): boolean =>
  notes.some((note) => note.startsWith(reportNote) && note.endsWith(workerId));

const newestOf = (checks: readonly LookAtCheck[]): LookAtCheck | undefined =>
  checks.toSorted((a, b) => a.orderNumber - b.orderNumber).at(-1);

/** What people wrote. */
const auditOthers = (model: Model, { tags, notes }: LookAtCandidate, number: number): readonly string[] => {
  const others = tags.filter((tag) => !isOurs(tag)).sort();
  const wanted = [personsTag, ...packageTags[candidateOf(model, number).tags]].sort();
  const ours = [reportNote, heldNote, turnIdNote('')];
  const foreign = notes.filter((note) => !ours.some((beginning) => note.startsWith(beginning)));
  return [
    ...(others.join() === wanted.join() ? [] : [`A5: other tags of ${number} are ${others.join()}.`]),
    ...(foreign.join() === personsNote ? [] : [`A5: other notes of ${number} are ${foreign.join()}.`]),
  ];
};

/** Holds however Lever stands: nothing of ours is there twice. */
const auditNotMore = ({ orders, notes }: LookAtCandidate, number: number): readonly string[] => {
  const count = (beginning: string): number => notes.filter((note) => note.startsWith(beginning)).length;
  return [
    ...orders
      .filter(({ turnId }) => count(turnIdNote(turnId)) > 1)
      .map(({ turnId }) => `A5: ${number} has more than one note with ${turnId}.`),
    ...(count(turnIdNote('')) > orders.length ? [`A5: ${number} has a Turn ID of no order.`] : []),
    ...(count(reportNote) > orders.length ? [`A5: ${number} has more reports than orders.`] : []),
    ...(count(heldNote) > 1 ? [`A5: ${number} has more than one note of being held.`] : []),
  ];
};

const auditShown = (
  model: Model,
  { orders, tags, notes }: LookAtCandidate,
  number: number,
  checks: readonly LookAtCheck[],
): readonly string[] => {
  const shown = tags.filter(isOurs);
  const newest = newestOf(checks);
  const order = orders.find(({ orderNumber }) => orderNumber === newest?.orderNumber);
  const stopped = checks.some(({ isStopped }) => isStopped);
  if (stopped) return [];
  const missing = orders
    .filter(({ turnId }) => !notes.some((note) => note.split('\n')[0] === turnIdNote(turnId)))
    .map(({ turnId }) => `A5: ${number} lacks the note with ${turnId}.`);
  const problem = (text: string): string => `A5: ${number} shows ${shown.join() || 'no status'}, ${text}.`;
  if (newest === undefined && isForgotten(model, number)) return [];
  if (newest === undefined) return shown.length === 0 ? [] : [problem('and has no check')];
  if (newest.phase === 'ordered' && order !== undefined) {
    // A check is polled to its end, and for a week after it settled.
    const mayBeUnpolled =
      shown.join() === 'TurnStatus:Withdrawn' ||
      (model.faults['webhook-redelivered-late'] > 0 && candidateOf(model, number).wasOver);
    const isKnowable = newest.isPolled || !mayBeUnpolled || !candidateOf(model, number).isTurnUnheard;
    const isRight = shown.length === 1 && (!isKnowable || shown[0] === tagFor(order.state, model));
    const isReportMissing = isKnowable && withReport.includes(order.state) && !hasReport(notes, order);
    return [
      ...missing,
      ...(isRight ? [] : [problem(`and Turn says ${order.state}`)]),
      ...(isReportMissing ? [`A5: ${number} lacks the report of ${order.turnId}.`] : []),
    ];
  }
  const isHeld = notes.some((note) => note.startsWith(heldNote));
  const isError = shown.join() === 'TurnStatus:Error';
  if (newest.phase === 'held') {
    // Causes in the candidate's record stand in Lever, as tag and note; ours do not, and leave an earlier order's status,
    // which was looked at while that order was the newest.
    const isEarlier = orders.length > 0 && shown.length === 1 && !isError;
    return isHeld === isError && (isError || shown.length === 0 || isEarlier)
      ? missing
      : [...missing, problem(`held for ${newest.reason}, ${isHeld ? 'with' : 'without'} a note`)];
  }
  if (newest.phase === 'dismissed' && (shown.length > 0 || isHeld)) return [...missing, problem('dismissed')];
  return missing;
};
