import type {
  Look,
  LookAtCandidate,
  LookAtCheck,
  LookAtDelivery,
  TurnState,
} from '@turn-lever/core/testing/model/system-under-test';
import type { RealAccount } from './real-account.ts';
import type { RealStage } from './real-stage.ts';

/** Turn's own words for the states of the model. */
export const turnWords: Readonly<Record<TurnState, string>> = {
  initiated: 'initiated',
  emailed: 'emailed',
  consent: 'consent',
  processing: 'processing',
  verifying: 'review__identity',
  reviewing: 'review',
  complianceReview: 'review__qa',
  consider: 'pending',
  firstNotice: 'pending__first_notice',
  secondNotice: 'pending__second_notice',
  dispute: 'pending__dispute',
  resolved: 'pending__resolved',
  clear: 'approved',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  'unheard-of': 'foo__bar',
};

const stateOf = (word: string): TurnState => {
  const found = Object.entries(turnWords).find(([, one]) => one === word)?.[0];
  if (found === undefined) throw new Error(`The model has no state for ${word}.`);
  return found as TurnState;
};

/** An order as Turn has it. */
export interface RealOrder {
  readonly candidate: number;
  readonly orderNumber: number;
  readonly referenceId: string;
  readonly workerId: string;
  readonly turnId: string;
  readonly state: TurnState;
}

/** Every order of the account at Turn, oldest first. */
export const ordersAt = ({ turn, opportunities }: RealAccount): readonly RealOrder[] =>
  turn.checks.map(({ referenceId, workerId, turnId, state }) => ({
    candidate: opportunities.findIndex((id) => referenceId?.includes(id)),
    orderNumber: Number(/-(\d+)$/u.exec(referenceId ?? '')?.[1]),
    referenceId: String(referenceId),
    workerId,
    turnId,
    state: stateOf(state),
  }));

const candidatesOf = (account: RealAccount): readonly LookAtCandidate[] => {
  const orders = ordersAt(account);
  return account.opportunities.map((id, candidate) => {
    const { tags, notes } = account.lever.opportunity(id);
    return {
      orders: orders.filter((order) => order.candidate === candidate),
      tags,
      notes: notes.filter(({ deletedAt }) => deletedAt === null).map(({ value }) => value),
    };
  });
};

const postsOf = ({ vendors }: RealStage, { opportunities }: RealAccount): Look['posts'] =>
  vendors.turn.journal.entries({ route: 'POST /v1/person/search_async' }).flatMap((entry) => {
    const referenceId = String((entry.body as { readonly reference_id?: unknown } | null)?.reference_id);
    if (!opportunities.some((id) => referenceId.includes(id))) return [];
    const isLost = entry.fault === 'reset-after-committing' || entry.status === null || entry.status >= 500;
    const end = isLost ? 'unknown' : entry.status === 200 ? 'accepted' : 'refused';
    const candidate = opportunities.findIndex((id) => referenceId.includes(id));
    return [{ candidate, referenceId, end, at: entry.at }];
  });

/** Everything the auditor looks at, read past the programs. */
export const lookAtReal = async (
  stage: RealStage,
  account: RealAccount,
  doubtful: readonly string[],
): Promise<Look> => {
  const { connectionId, candidateOf } = account;
  const deliveries = await stage.ask(
    `select key, source, opportunity_id, state, reason, extract(epoch from due_at) * 1000 as due_at
      from delivery where connection_id = $1 order by id`,
    connectionId,
  );
  const checks = await stage.ask(
    `select opportunity_id, order_number, reference_id, phase, hold_reason, turn_id, next_sync_at is not null as polled,
      write_back_stop is not null as stopped from background_check where connection_id = $1 order by created_at, id`,
    connectionId,
  );
  const audit = await stage.ask(
    'select action, outcome from audit_log where connection_id = $1 order by id',
    connectionId,
  );
  const [connection] = await stage.ask(
    `select paused_at is not null as paused, disconnected_at is not null as disconnected, lever_health, turn_health
      from connection where id = $1`,
    connectionId,
  );
  if (connection === undefined) throw new Error('The connection is gone.');
  return {
    candidates: candidatesOf(account),
    deliveries: deliveries.map((row) => ({
      key: String(row.key),
      candidate: candidateOf(row.opportunity_id),
      source: row.source as LookAtDelivery['source'],
      isSettled: row.state === 'settled',
      reason: row.reason as LookAtDelivery['reason'],
      dueAt: row.state === 'settled' || row.due_at === null ? null : Number(row.due_at),
    })),
    checks: checks.map((row) => ({
      candidate: candidateOf(row.opportunity_id) ?? -1,
      orderNumber: Number(row.order_number),
      referenceId: String(row.reference_id),
      phase: row.phase as LookAtCheck['phase'],
      reason: row.hold_reason as LookAtCheck['reason'],
      turnId: row.turn_id === null ? null : String(row.turn_id),
      isPolled: row.polled === true,
      isStopped: row.stopped === true,
    })),
    audit: audit as unknown as Look['audit'],
    connection: {
      isPaused: connection.paused === true,
      isDisconnected: connection.disconnected === true,
      lever: connection.lever_health as Look['connection']['lever'],
      turn: connection.turn_health as Look['connection']['turn'],
    },
    posts: postsOf(stage, account),
    doubtful,
  };
};
