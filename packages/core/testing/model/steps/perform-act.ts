import { candidateOf, type Model } from '../model.ts';
import { type ActEnd, auditedAs, type PersonsAction } from '../persons-actions.ts';
import type { SystemUnderTest } from '../system-under-test.ts';
import type { Happening } from './step.ts';
import { withoutTrace } from './without-trace.ts';

/** Acts that order nothing and end what waits. */
const turningDown: readonly PersonsAction[] = ['dismiss', 'cancel', 'discard backlog', 'discard retroactive'];

/** Acts that let a guard pass. */
const waiving: readonly PersonsAction[] = ['order anyway', 'release'];

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

/** Somebody uses the console. Keeps in the model what that may lead to. */
export const performAct = async (
  model: Model,
  system: SystemUnderTest,
  { actor, action, candidate }: Extract<Happening, { kind: 'act' }>,
): Promise<void> => {
  if (actor !== 'super-admin') {
    await withoutTrace(model, system, async () => {
      const end = await system.act(actor, action, candidate);
      if (end === 'done' || end === 'too-late') throw new Error(`${actor} was allowed: ${action}.`);
      if (end === 'forbidden' || end === 'not-found') model.faults['person-not-allowed'] += 1;
    });
    return;
  }
  if (action === 'disconnect') model.mayBeDisconnected = true;
  const act = (): Promise<ActEnd> => system.act(actor, action, candidate);
  const end = await (action === 'dry run' ? withoutTrace(model, system, act) : act());
  keepCount(model, action, end);
  if (end === 'forbidden') throw new Error(`A Super Admin was refused: ${action}.`);
  const mayHaveEffect = end === 'done' || end === 'failed' || end === 'died';
  if (!mayHaveEffect) return;
  const about = candidateOf(model, candidate);
  about.ordersWhenTurnedDown = null;
  if (turningDown.includes(action)) {
    about.isTurnedDown = true;
    const { candidates, deliveries, checks } = await system.look();
    // Who waits to be decided, or is held, is no retroactive entry; and at the same time somebody may be ordering it.
    const waits = deliveries.some((one) => one.candidate === candidate && !one.isSettled);
    const isHeld = action === 'discard retroactive' && checks.some((one) => one.candidate === candidate);
    const isFinal = !waits && !isHeld;
    if (end === 'done' && !model.isCrowded && isFinal)
      about.ordersWhenTurnedDown = candidates[candidate]?.orders.length ?? 0;
  }
  if (waiving.includes(action)) about.isWaived = true;
  if (action === 'order again') about.ordersAgain += 1;
  if (onConnection.includes(action)) model.isConnectionDoubtful = true;
  if (action === 'reconnect' && end === 'done') model.isRevoked = false;
  if (action === 'resume') model.postsWhenStopped = null;
};
