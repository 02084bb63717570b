import type { TurnId, WorkerId } from '../../../src/ids.ts';
import type { Look, LookAtCandidate, LookAtCheck, LookAtDelivery, TurnState } from '../system-under-test.ts';
import { candidateCount } from '../system-under-test.ts';
import { type MemoryWorld, opportunityIdOf } from './memory-world.ts';

const candidateOf = (opportunityId: string | null): number | null => {
  const found = /^opportunity-(\d+)$/u.exec(opportunityId ?? '')?.[1];
  return found === undefined ? null : Number(found);
};

const candidateOfReference = (referenceId: string): number =>
  Number(/-opportunity-(\d+)-\d+$/u.exec(referenceId)?.[1]);

/** An order as Turn has it. */
export interface MemoryOrder {
  readonly candidate: number;
  readonly orderNumber: number;
  readonly referenceId: string;
  readonly workerId: WorkerId;
}

/** Every order at Turn, oldest first. */
export const ordersIn = ({ fakes }: MemoryWorld): readonly MemoryOrder[] =>
  fakes.checkProvider.orders.map(({ referenceId, workerId }) => {
    const [, candidate, orderNumber] = /-opportunity-(\d+)-(\d+)$/u.exec(referenceId) ?? [];
    return { candidate: Number(candidate), orderNumber: Number(orderNumber), referenceId, workerId };
  });

const lookAtCandidate = async (
  world: MemoryWorld,
  candidate: number,
  states: ReadonlyMap<WorkerId, TurnState>,
): Promise<LookAtCandidate> => {
  const { fakes, connectionId } = world;
  const orders: LookAtCandidate['orders'][number][] = [];
  for (const order of ordersIn(world).filter((one) => one.candidate === candidate)) {
    const { referenceId, orderNumber, workerId } = order;
    const turnId: TurnId | null =
      (await fakes.checkProvider.readCheck(connectionId, workerId))?.turnId ?? null;
    orders.push({
      referenceId,
      orderNumber,
      workerId,
      turnId: String(turnId),
      state: states.get(workerId) ?? 'emailed',
    });
  }
  return {
    orders,
    tags: fakes.ats.opportunity(connectionId, opportunityIdOf(candidate)).tags,
    notes: fakes.ats.notes(connectionId, opportunityIdOf(candidate)).map(({ text }) => text),
  };
};

const lookAtDeliveries = async ({ fakes, connectionId }: MemoryWorld): Promise<LookAtDelivery[]> => {
  const rows: LookAtDelivery[] = [];
  for (const { id, key, source, happening, dueAt } of fakes.inbox.deliveries()) {
    const settlement = (await fakes.inbox.read(connectionId, id))?.settlement ?? null;
    rows.push({
      key,
      source,
      candidate: candidateOf(happening.opportunityId),
      isSettled: settlement !== null,
      reason: settlement?.reason ?? null,
      dueAt: settlement === null ? dueAt : null,
    });
  }
  return rows;
};

const lookAtChecks = ({ fakes }: MemoryWorld): readonly LookAtCheck[] =>
  fakes.checks
    .all()
    .map(({ opportunityId, orderNumber, referenceId, phase, hold, turnId, nextSyncAt, writeBackStop }) => ({
      candidate: candidateOf(opportunityId) ?? -1,
      orderNumber,
      referenceId,
      phase,
      reason: hold?.reason ?? null,
      turnId,
      isPolled: nextSyncAt !== null,
      isStopped: writeBackStop !== null,
    }));

/** Everything the auditor looks at, read past the processes, so that looking is no call. */
export const lookAtMemory = async (
  world: MemoryWorld,
  states: ReadonlyMap<WorkerId, TurnState>,
): Promise<Look> => {
  const { fakes, connectionId, posts, doubtful } = world;
  const connection = await fakes.connections.read(connectionId);
  const numbers = Array.from({ length: candidateCount }, (_, number) => number);
  return {
    candidates: await Promise.all(numbers.map((number) => lookAtCandidate(world, number, states))),
    deliveries: await lookAtDeliveries(world),
    checks: lookAtChecks(world),
    audit: [...(await fakes.auditLog.list(connectionId, 10_000))]
      .reverse()
      .map(({ action, outcome }) => ({ action, outcome })),
    connection: {
      isPaused: connection?.pausedAt !== null,
      isDisconnected: connection?.disconnectedAt !== null,
      lever: connection?.lever ?? 'reconnect-needed',
      turn: connection?.turn ?? 'reconnect-needed',
    },
    posts: posts.map((post) => ({ ...post, candidate: candidateOfReference(post.referenceId) })),
    doubtful: [...doubtful],
  };
};
