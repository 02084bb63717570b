import { candidateOf, type Model } from '../model.ts';
import { type ActEnd, auditedAs, isAllowedTo, type PersonsAction } from '../persons-actions.ts';
import type { SystemUnderTest } from '../system-under-test.ts';
import type { Happening } from './step.ts';
import { postsFor, withoutTrace } from './without-trace.ts';

/** Acts that order nothing and end what waits. */
const turningDown: readonly PersonsAction[] = ['dismiss', 'cancel', 'discard backlog', 'discard retroactive'];

/** Acts that let a guard pass. */
const waiving: readonly PersonsAction[] = ['order anyway', 'release'];

/** Acts that order what is too old to be ordered by itself. */
const waivingAge: readonly PersonsAction[] = ['order backlog', 'order retroactive', 'order again'];

/** Acts after which something of the candidate waits to be decided. */
const asking: readonly PersonsAction[] = [...waiving, ...waivingAge, 'retry', 'replay', 'order now'];

/** After these it must be asked how the connection stands. */
const onConnection: readonly PersonsAction[] = ['pause', 'resume', 'reconnect', 'disconnect'];

const keepCount = (model: Model, action: PersonsAction, end: ActEnd): void => {
  if (end === 'no-subject' || end === 'forbidden' || end === 'not-found') return;
  const word = auditedAs[action];
  const count = model.acts.get(word) ?? { ended: 0, brokeOff: 0 };
  // A disconnected connection is too late for everything, and nothing is written.
  const isCertain = end === 'done' || (end === 'too-late' && !model.mayBeDisconnected);
  model.acts.set(word, {
    ended: count.ended + (isCertain ? 1 : 0),
    brokeOff: count.brokeOff + (isCertain ? 0 : 1),
  });
};

/** Throws where an act says that it is done, and nothing shows it. Only where nothing else happens meanwhile. */
const assertDone = async (
  system: SystemUnderTest,
  { action, candidate }: Extract<Happening, { kind: 'act' }>,
): Promise<void> => {
  const { deliveries, checks, connection } = await system.look();
  const waits = deliveries.some((one) => one.candidate === candidate && !one.isSettled);
  const isShown: Partial<Record<PersonsAction, boolean>> = {
    pause: connection.isPaused,
    resume: !connection.isPaused,
    reconnect: connection.lever === 'working',
    disconnect: connection.isDisconnected,
  };
  if (isShown[action] === false) throw new Error(`Done, and the connection does not show it: ${action}.`);
  const newest = checks.findLast((one) => one.candidate === candidate);
  if (asking.includes(action) && !waits)
    throw new Error(`Done, and nothing waits for it: ${action} of ${candidate}.`);
  if (!turningDown.includes(action)) return;
  if (waits) throw new Error(`Done, and something still waits: ${action} of ${candidate}.`);
  if (newest?.phase === 'held' || newest?.phase === 'ready')
    throw new Error(`Done, and the check is still ${newest.phase}: ${action} of ${candidate}.`);
};

/** Keeps in the model what an act may lead to. */
const keepAct = async (
  model: Model,
  system: SystemUnderTest,
  { action, candidate }: Extract<Happening, { kind: 'act' }>,
  end: ActEnd,
): Promise<void> => {
  const about = candidateOf(model, candidate);
  const isCertain = end === 'done' && !model.isCrowded;
  if (asking.includes(action)) {
    about.postsWhenTurnedDown = null;
    about.isDiscarded = false;
  }
  if (turningDown.includes(action)) {
    about.isTurnedDown = true;
    if (isCertain) {
      about.postsWhenTurnedDown = postsFor(await system.look(), candidate);
      about.isDiscarded ||= action === 'discard retroactive';
    }
  }
  if (waiving.includes(action)) about.isWaived = true;
  if (waivingAge.includes(action)) {
    about.isOldWaived = true;
    about.postsWhenOld = null;
  }
  if (action === 'order again') about.ordersAgain += 1;
  if (onConnection.includes(action)) model.isConnectionDoubtful = true;
  if (isCertain && (action === 'resume' || action === 'reconnect')) model.hasBegunAnew = true;
  if (action === 'reconnect' && end === 'done') model.isRevoked = false;
  if (action === 'resume') model.postsWhenStopped = null;
};

/** Somebody uses the console. What the rules forbid them must have no effect. */
export const performAct = async (
  model: Model,
  system: SystemUnderTest,
  step: Extract<Happening, { kind: 'act' }>,
): Promise<void> => {
  const { actor, action, candidate } = step;
  const act = (): Promise<ActEnd> => system.act(actor, action, candidate);
  if (!isAllowedTo(actor, action)) {
    const end = await withoutTrace(model, system, act);
    if (end === 'done' || end === 'too-late') throw new Error(`${actor} was allowed: ${action}.`);
    if (end === 'forbidden' || end === 'not-found') model.faults['person-not-allowed'] += 1;
    return;
  }
  if (action === 'disconnect') model.mayBeDisconnected = true;
  const end = await (action === 'dry run' ? withoutTrace(model, system, act) : act());
  keepCount(model, action, end);
  if (end === 'forbidden') throw new Error(`${actor} was refused: ${action}.`);
  if (end === 'done' && system.standsStill && !model.isCrowded) await assertDone(system, step);
  if (end === 'done' || end === 'failed' || end === 'died') await keepAct(model, system, step, end);
};
