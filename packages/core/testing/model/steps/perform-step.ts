import { candidateOf, type Model } from '../model.ts';
import type { SystemUnderTest, TurnState, Webhook } from '../system-under-test.ts';
import { performAct } from './perform-act.ts';
import { type Happening, packageTags, type Step } from './step.ts';
import { assertStopped, postsFor, postsOf, withoutTrace } from './without-trace.ts';

const hour = 3_600_000;
const overStates: readonly TurnState[] = ['clear', 'rejected', 'withdrawn'];

const pick = <Item>(items: readonly Item[], which: number): Item | undefined =>
  items.length === 0 ? undefined : items[which % items.length];

const newToken = (model: Model, word: string): string => {
  model.tokens += 1;
  return `${word}-${model.tokens}`;
};

const move = async (model: Model, system: SystemUnderTest, number: number, isIn: boolean): Promise<void> => {
  const candidate = candidateOf(model, number);
  const to = isIn ? 'trigger-stage' : 'other-stage';
  // Before the change: at the same moment somebody may look.
  candidate.isInStage = isIn;
  if (isIn) {
    candidate.entries += 1;
    candidate.mayBeBacklog = false;
    candidate.isTurnedDown = false;
    candidate.isDiscarded = false;
    candidate.postsWhenOld = null;
    candidate.postsWhenTurnedDown = null;
  }
  const triggeredAt = await system.move(number, to);
  model.bag = [...model.bag, { token: newToken(model, 'token'), candidate: number, to, triggeredAt }];
};

const deliver = async (model: Model, system: SystemUnderTest, webhook: Webhook): Promise<void> => {
  const end = await system.deliver(webhook, 'genuine');
  if (end === 'refused') throw new Error(`A genuine webhook was refused: ${webhook.token}`);
  if (end === 'come-again') {
    model.faults['webhook-not-taken'] += 1;
    return;
  }
  model.bag = model.bag.filter(({ token }) => token !== webhook.token);
  if (end === 'accepted' && !model.taken.includes(webhook)) model.taken = [...model.taken, webhook];
};

const again = async (model: Model, system: SystemUnderTest, which: number): Promise<void> => {
  const webhook = pick(model.taken, which);
  if (webhook === undefined) return;
  model.faults['webhook-duplicated'] += 1;
  await deliver(model, system, webhook);
};

const heardFromTurn = async (
  model: Model,
  system: SystemUnderTest,
  step: { readonly candidate: number; readonly isHeard: boolean },
  which: 'newest' | 'first',
): Promise<void> => {
  const isTaken = step.isHeard && (await system.sayTurn(step.candidate, which));
  const about = candidateOf(model, step.candidate);
  if (!isTaken) {
    about.isTurnUnheard = true;
    model.faults['turn-webhook-lost'] += 1;
  } else if (which === 'newest' && !model.isCrowded) about.isTurnUnheard = false;
};

const performHappening = async (model: Model, system: SystemUnderTest, step: Happening): Promise<void> => {
  switch (step.kind) {
    case 'move in':
      return candidateOf(model, step.candidate).isInStage
        ? undefined
        : move(model, system, step.candidate, true);
    case 'move out':
      return candidateOf(model, step.candidate).isInStage
        ? move(model, system, step.candidate, false)
        : undefined;
    case 'deliver': {
      const webhook = pick(model.bag, step.which);
      if (webhook === undefined) return;
      if (webhook !== model.bag[0]) model.faults['webhook-reordered'] += 1;
      return deliver(model, system, webhook);
    }
    case 'deliver all':
      for (const webhook of model.bag) await deliver(model, system, webhook);
      return;
    case 'duplicate':
      return again(model, system, step.which);
    case 'turn state': {
      const { candidate, which, state } = step;
      if (overStates.includes(state)) candidateOf(model, candidate).wasOver = true;
      if (await system.setTurnState(candidate, which, state, { isRecheck: false }))
        await heardFromTurn(model, system, step, which);
      return;
    }
    case 'recheck':
      if (await system.setTurnState(step.candidate, 'newest', 'processing', { isRecheck: true }))
        await heardFromTurn(model, system, step, 'newest');
      return;
    case 'act':
      return performAct(model, system, step);
    case 'sweep':
      return system.sweep();
    case 'work':
      return system.work(step.ms, step.seed);
  }
};

const redeliverLate = async (
  model: Model,
  system: SystemUnderTest,
  { which, days }: Extract<Step, { kind: 'redeliver late' }>,
): Promise<void> => {
  const webhook = pick([...model.taken, ...model.bag], which);
  if (webhook === undefined) return;
  if (await system.passDays(days)) {
    markBacklog(model);
    // Within a day it is still ordered by itself.
    if (days > 1) await markOld(model, system);
    model.faults['webhook-redelivered-late'] += 1;
  }
  await deliver(model, system, webhook);
};

const forge = (model: Model, system: SystemUnderTest, candidate: number): Promise<void> =>
  withoutTrace(model, system, async () => {
    const token = newToken(model, 'forged');
    model.forged.add(token);
    model.faults['webhook-forged'] += 1;
    const webhook: Webhook = { token, candidate, to: 'trigger-stage', triggeredAt: 20 * 365 * 24 * hour };
    const end = await system.deliver(webhook, 'forged');
    if (end === 'accepted') throw new Error('A forged webhook was accepted.');
  });

const markBacklog = (model: Model): void => {
  for (const candidate of model.candidates) candidate.mayBeBacklog ||= candidate.isInStage;
};

/** From here on nobody who stands in the stage is ordered without a person's word. */
const markOld = async (model: Model, system: SystemUnderTest): Promise<void> => {
  // What was decided just before may still be posted.
  if (!system.standsStill) await system.comeToRest();
  const look = await system.look();
  for (const [number, candidate] of model.candidates.entries()) {
    if (candidate.isInStage && !candidate.isOldWaived) candidate.postsWhenOld = postsFor(look, number);
  }
};

/** Asks how the connection stands after somebody did something to it. */
const seeConnection = async (model: Model, system: SystemUnderTest): Promise<void> => {
  model.isConnectionDoubtful = false;
  markBacklog(model);
  model.connection = (await system.look()).connection;
  model.mayBeDisconnected = model.connection.isDisconnected;
  const isStopped = model.connection.isPaused || model.connection.isDisconnected;
  if (!isStopped) model.postsWhenStopped = null;
  else if (model.postsWhenStopped === null) {
    // What was decided before the pause may still be posted.
    await system.comeToRest();
    model.postsWhenStopped = await postsOf(system);
  }
};

/** Carries one step out on the system, and keeps in the model what was done. Throws for what must never happen. */
export const performStep = async (model: Model, system: SystemUnderTest, step: Step): Promise<void> => {
  await assertStopped(model, system);
  await perform(model, system, step);
  if (model.isConnectionDoubtful) await seeConnection(model, system);
  if (model.hasBegunAnew) {
    model.hasBegunAnew = false;
    await markOld(model, system);
  }
};

const perform = async (model: Model, system: SystemUnderTest, step: Step): Promise<void> => {
  switch (step.kind) {
    case 'at once':
      model.isCrowded = true;
      await system.atOnce(
        step.steps.map((one) => () => performHappening(model, system, one)),
        step.seed,
      );
      model.isCrowded = false;
      return;
    case 'retag':
      candidateOf(model, step.candidate).tags = step.tags;
      candidateOf(model, step.candidate).wasRetagged = true;
      return system.retag(step.candidate, packageTags[step.tags]);
    case 'edit e-mail':
      // The address is the contact's, which the first two share.
      for (const number of step.candidate < 2 ? [0, 1] : [step.candidate]) {
        candidateOf(model, number).hasEmail = step.isThere;
        await system.editEmail(number, step.isThere);
      }
      return;
    case 'lose': {
      const webhook = pick(model.bag, step.which);
      if (webhook === undefined) return;
      model.faults['webhook-lost'] += 1;
      model.bag = model.bag.filter((one) => one !== webhook);
      return;
    }
    case 'redeliver late':
      return redeliverLate(model, system, step);
    case 'forge':
      return forge(model, system, step.candidate);
    case 'twist': {
      const webhook = pick(model.taken, step.which);
      if (webhook === undefined || webhook.candidate === step.candidate) return;
      model.faults['webhook-twisted'] += 1;
      model.twisted.add(webhook.token);
      await system.deliver({ ...webhook, candidate: step.candidate }, 'genuine');
      return;
    }
    case 'unknown turn webhook':
      model.faults['turn-webhook-unknown'] += 1;
      return withoutTrace(model, system, async () => {
        await system.sayTurn(null, 'newest');
      });
    case 'revoke':
      model.isRevoked = true;
      model.faults['lever-revoked'] += 1;
      return system.revokeLever();
    case 'fault':
      return system.plan(step.fault, step);
    case 'crash':
      return system.kill(step.process, step);
    case 'start process':
      return system.start(step.process);
    default:
      return performHappening(model, system, step);
  }
};
