import type { WorkerId } from '../../../src/ids.ts';
import { type CheckStatus, statuses, unrecognisedStatus } from '../../../src/status/check-status.ts';
import { defaultTimes } from '../../../src/times.ts';
import { applicantStage, referenceCheckStage } from '../../an-opportunity.ts';
import { carryOutAct } from '../carry-out-act.ts';
import { type FaultKind, faultKinds } from '../fault-kinds.ts';
import { personFor } from '../persons-actions.ts';
import { candidateCount, type Setup, type SystemUnderTest, type TurnState } from '../system-under-test.ts';
import { lookAtMemory, ordersIn } from './look-at-memory.ts';
import { subjectsOf } from './memory-acts.ts';
import { createMemoryProcess, type Ended, type MemoryProcess } from './memory-process.ts';
import { createMemoryWork } from './memory-work.ts';
import { createMemoryWorld, opportunityIdOf } from './memory-world.ts';

/** Tokens are not refreshed here. */
const beyond: readonly FaultKind[] = ['process-died-with-tokens', 'lever-grant-lost'];

const hour = 3_600_000;
const day = 24 * hour;

const statusFor = (state: TurnState): CheckStatus =>
  state === 'unheard-of' ? unrecognisedStatus('foo__bar', null) : statuses[state];

/** The whole program on fakes, in one or two processes whose calls interleave as a seed says. Time jumps. */
export const createMemorySystem = async (setup: Setup): Promise<SystemUnderTest> => {
  const world = createMemoryWorld(setup);
  await world.begin();
  const { fakes, faults, interleaving, connectionId } = world;
  const states = new Map<WorkerId, TurnState>();
  const processes: [MemoryProcess | null, MemoryProcess | null] = [
    createMemoryProcess(world, defaultTimes),
    setup.processes === 2 ? createMemoryProcess(world, defaultTimes) : null,
  ];
  let turns = 0;
  let recheckDates = 0;

  const up = (): readonly MemoryProcess[] =>
    processes.filter((one) => one?.isUp() === true) as MemoryProcess[];

  /** Who is up takes requests in turn. Null where nobody is. */
  const inSome = async <Result>(
    work: (process: MemoryProcess) => Promise<Result>,
  ): Promise<Ended<Result> | null> => {
    const all = up();
    turns += 1;
    const process = all[turns % Math.max(1, all.length)];
    return process === undefined ? null : process.run(() => work(process));
  };

  const { workOnDue, workFor } = createMemoryWork(world, up);

  const sweep = async (): Promise<void> => {
    await inSome((process) => process.sweepConnection(connectionId));
  };

  const orderOf = (candidate: number, which: 'newest' | 'first') => {
    const orders = ordersIn(world).filter((order) => order.candidate === candidate);
    return which === 'newest' ? orders.at(-1) : orders[0];
  };

  return {
    canCause: faultKinds.filter((kind) => !beyond.includes(kind)),
    standsStill: true,

    move: async (candidate, to) => {
      await world.advance(2000);
      const stage = to === 'trigger-stage' ? referenceCheckStage : applicantStage;
      fakes.ats.moveOpportunity(connectionId, opportunityIdOf(candidate), stage);
      return world.now();
    },
    retag: async (candidate, packageTags) => {
      const { tags } = fakes.ats.opportunity(connectionId, opportunityIdOf(candidate));
      const others = tags.filter((tag) => !tag.startsWith('TurnPackage:'));
      fakes.ats.setTags(connectionId, opportunityIdOf(candidate), [...others, ...packageTags]);
    },
    editEmail: async (candidate, isThere) => {
      const emails = isThere ? ['ada@example.com'] : [];
      fakes.ats.change(connectionId, opportunityIdOf(candidate), { emails });
    },

    deliver: async ({ token, candidate, to, triggeredAt }, signature) => {
      const happening = {
        event: 'candidateStageChange',
        opportunityId: opportunityIdOf(candidate),
        contactId: null,
        toStageId: to === 'trigger-stage' ? referenceCheckStage : applicantStage,
        triggeredAt,
      };
      const signedWith = signature === 'genuine' ? `signature-token-of-${connectionId}` : 'another';
      const ended = await inSome((process) =>
        process.admitDelivery({
          key: `lever-key-of-${connectionId}`.padEnd(43, '_'),
          message: { kind: 'event', token, contentDigest: JSON.stringify(happening), happening },
          isSignedBy: (tokens) => tokens.includes(signedWith),
          mayCount: async () => true,
          correlationId: world.newCorrelationId(),
        }),
      );
      if (ended?.kind !== 'answered') return 'come-again';
      const { admission } = ended.answer;
      if (admission === 'stored' || admission === 'duplicate') return 'accepted';
      if (admission === 'gone') return 'gone';
      return admission === 'not-yet' ? 'come-again' : 'refused';
    },

    setTurnState: async (candidate, which, state, { isRecheck }) => {
      const order = orderOf(candidate, which);
      if (order === undefined) return false;
      if (isRecheck) recheckDates += 1;
      const raw = state === 'unheard-of' ? 'foo__bar' : state;
      fakes.checkProvider.advance(order.workerId, statusFor(state), {
        raw,
        ...(isRecheck ? { recheckDate: `recheck-${recheckDates}` } : {}),
      });
      states.set(order.workerId, state);
      return true;
    },
    sayTurn: async (candidate, which) => {
      const workerId = candidate === null ? ('nobody-s' as WorkerId) : orderOf(candidate, which)?.workerId;
      if (workerId === undefined) return false;
      const key = await fakes.connections.turnKey(connectionId);
      const ended = await inSome((process) => process.wakeCheck(key, { workerId, isStatus: true }));
      return ended?.kind === 'answered' && ended.answer === 'woken';
    },

    revokeLever: async () => world.setRevoked(true),
    act: async (actor, action, candidate) => {
      // Never within the same millisecond as what happened before.
      await world.advance(1);
      let isSubjectThere = false;
      const person = personFor(world.accountId, actor);
      const ended = await inSome(async ({ actions }) => {
        const subjects = await subjectsOf(world, actor, action, candidate);
        const act = carryOutAct(actions, person, connectionId, action, subjects);
        isSubjectThere = act !== null;
        return act;
      });
      if (ended === null || !isSubjectThere) return 'no-subject';
      return ended.kind === 'answered' ? (ended.answer?.kind ?? 'no-subject') : ended.kind;
    },

    plan: async (fault, options) => faults.add(fault, options),
    kill: async (process, { call, moment }) => processes[process]?.dieAt(call, moment),
    start: async (process) => {
      if (processes[process]?.isUp() !== true) processes[process] = createMemoryProcess(world, defaultTimes);
    },

    work: workFor,
    sweep,
    passDays: async (days) => {
      await world.advance(days * day);
      return true;
    },
    atOnce: (things, seed) => interleaving.race(things, seed),
    comeToRest: () => workOnDue(0),

    heal: async () => {
      faults.clear();
      for (const process of up()) process.live();
      if (up().length === 0) processes[0] = createMemoryProcess(world, defaultTimes);
      // Every look-up and every wait before a new try ends within these hours.
      for (let quarter = 0; quarter < 16; quarter += 1) {
        await sweep();
        for (let part = 0; part < 3; part += 1) await workFor(5 * 60_000, quarter);
      }
    },
    waitForPolls: async () => {
      for (let round = 0; round < 15; round += 1) {
        await workFor(2 * hour, round);
        await sweep();
      }
      await workOnDue(0);
    },
    look: () => lookAtMemory(world, states),
    // There are no tokens here to be refreshed.
    hasLostGrant: async () => false,
    offered: async () => {
      const person = personFor(world.accountId, 'super-admin');
      const ended = await inSome((process) => process.actions.previewRetroactive(person, connectionId));
      const outcome = ended?.kind === 'answered' ? ended.answer : null;
      if (outcome?.kind !== 'done') throw new Error('The list of retroactive entries cannot be read.');
      const ids = outcome.result.map(({ opportunityId }) => opportunityId);
      return Array.from({ length: candidateCount }, (_, number) => number).filter((number) =>
        ids.includes(opportunityIdOf(number)),
      );
    },
    struck: () => ({ ...faults.struck, ...world.counts }),
    close: async () => undefined,
  };
};
