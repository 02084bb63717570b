import type { Model } from '../model.ts';
import { performStep } from '../steps/perform-step.ts';
import { assertStopped } from '../steps/without-trace.ts';
import type { Look, SystemUnderTest } from '../system-under-test.ts';
import { auditLever, auditPromptness } from './audit-lever.ts';
import { auditOrders } from './audit-orders.ts';
import { isWronglyWaiting } from './expectations.ts';

/** Lets everything heal, and answers every promise of the product that does not hold. */
export const audit = async (model: Model, system: SystemUnderTest): Promise<readonly string[]> => {
  await assertStopped(model, system);
  await system.heal();
  await assertStopped(model, system);
  await reconnectWhereLost(model, system);
  const prompt = auditPromptness(model, await system.look());
  await system.waitForPolls();
  await assertStopped(model, system);
  const look = await system.look();
  const offered = model.connection.isDisconnected || isLeverAway(model) ? null : await system.offered();
  return [
    ...prompt,
    ...auditDeliveries(model, look),
    ...auditOrders(model, look),
    ...auditLever(model, look),
    ...auditPeople(model, look),
    ...auditEffects(look),
    ...(offered === null ? [] : auditEntries(model, look, new Set(offered))),
  ];
};

/** A person does what "reconnect needed" asks for. */
const reconnectWhereLost = async (model: Model, system: SystemUnderTest): Promise<void> => {
  const isAway = model.isRevoked || model.connection.isDisconnected;
  if (isAway || !(await system.hasLostGrant())) return;
  model.faults['lever-grant-lost'] += 1;
  await performStep(model, system, {
    kind: 'act',
    actor: 'super-admin',
    action: 'reconnect',
    candidate: 0,
  });
  await system.heal();
};

const isLeverAway = (model: Model): boolean => model.isRevoked;

/** A1: what was taken is stored. A2: settled, or due later. A9: with its reason. What was forged is nowhere. */
const auditDeliveries = (model: Model, { deliveries }: Look): readonly string[] => {
  const keys = new Set(deliveries.map(({ key }) => key));
  return [
    ...model.taken
      .filter(({ token }) => !keys.has(token))
      .map(({ token }) => `A1: ${token} was accepted and is not stored.`),
    ...[...model.forged].filter((token) => keys.has(token)).map((token) => `The forged ${token} is stored.`),
    ...[...keys]
      .filter((key) => !model.twisted.has(key) && deliveries.filter((one) => one.key === key).length > 1)
      .map((key) => `There is more than one row for ${key}.`),
    ...deliveries
      .filter(({ isSettled, dueAt }) => !isSettled && dueAt === null)
      .map(({ key }) => `A2: ${key} is neither settled nor due.`),
    ...deliveries
      .filter(({ isSettled, reason }) => isSettled && reason === null)
      .map(({ key }) => `A9: ${key} is settled without a reason.`),
    // Everything had time; what still waits was put back for ever.
    ...deliveries.filter(({ isSettled }) => !isSettled).map(({ key }) => `A2: ${key} is not settled.`),
  ];
};

/** A10: nothing that a person did is without its entry, wherever the process died. */
const auditEffects = ({ audit: entries, deliveries, connection }: Look): readonly string[] => {
  const begun = (words: readonly string[]): number =>
    entries.filter(({ action, outcome }) => outcome === 'begun' && words.includes(action)).length;
  const wishes = deliveries.filter(({ source }) => source === 'person').length;
  return [
    ...(wishes > begun(['order anyway', 'order again', 'release', 'order retroactively'])
      ? ['A10: a person ordered, and there is no entry.']
      : []),
    ...(connection.isPaused && begun(['pause']) === 0 ? ['A10: paused without an entry.'] : []),
    ...(connection.isDisconnected && begun(['disconnect']) === 0
      ? ['A10: disconnected without an entry.']
      : []),
  ];
};

/** A10: one entry for each thing that a person did, and none that nobody did. */
const auditPeople = (model: Model, { audit: entries }: Look): readonly string[] => {
  const words = new Set([...model.acts.keys(), ...entries.map(({ action }) => action)]);
  return [...words].flatMap((word) => {
    const begun = entries.filter(({ action, outcome }) => action === word && outcome === 'begun').length;
    const { ended, brokeOff } = model.acts.get(word) ?? { ended: 0, brokeOff: 0 };
    const isRight = begun >= ended && begun <= ended + brokeOff;
    return isRight
      ? []
      : [`A10: ${begun} entries of "${word}" for ${ended} acts, and ${brokeOff} that broke off.`];
  });
};

/** Nobody who stands in the trigger stage is overlooked: ordered, held, settled with a reason, or offered in the list. */
const auditEntries = (model: Model, look: Look, offered: ReadonlySet<number>): readonly string[] =>
  model.candidates.flatMap(({ isInStage, isDiscarded }, number) => {
    if (!isInStage) return [];
    if (isDiscarded && offered.has(number))
      return [`Candidate ${number} was discarded and is offered again.`];
    const check = look.checks.findLast(({ candidate }) => candidate === number);
    const isVisible =
      check !== undefined ||
      offered.has(number) ||
      look.deliveries.some(({ candidate, reason }) => candidate === number && reason !== null);
    if (!isVisible) return [`Candidate ${number} stands in the trigger stage, and nobody knows.`];
    return isWronglyWaiting(model, look, number, check, offered)
      ? [`Candidate ${number} should be ordered and is ${check?.phase ?? 'unknown'} ${check?.reason ?? ''}.`]
      : [];
  });
