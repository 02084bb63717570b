import type { NewDelivery } from '@turn-lever/core/delivery';
import type { Receipt } from '@turn-lever/core/ports/inbox';
import { atPort } from '../at-port.ts';
import type { Database } from '../database.ts';
import { newId } from '../new-id.ts';

/** A delivery as the statement takes it, made when the caller hands it in: what cannot be written fails there alone. */
export interface DeliveryInput {
  readonly connection_id: string;
  readonly key: string;
  readonly content_digest: string;
  /** How many equal ones this stands for. */
  readonly count: number;
  readonly [column: string]: unknown;
}

/** Throws where a time is no time. */
export const toDeliveryInput = (given: NewDelivery): DeliveryInput => ({
  id: newId(),
  connection_id: given.connectionId,
  source: given.source,
  key: given.key,
  content_digest: given.contentDigest,
  event: given.happening.event,
  opportunity_id: given.happening.opportunityId,
  contact_id: given.happening.contactId,
  to_stage_id: given.happening.toStageId,
  triggered_at: new Date(given.happening.triggeredAt).toISOString(),
  received_at: new Date(given.receivedAt).toISOString(),
  correlation_id: given.correlationId,
  waivers: given.waivers,
  found_together: given.foundTogether,
  order_number: given.orderNumber,
  count: 1,
  due_at: given.dueAt === null ? null : new Date(given.dueAt).toISOString(),
  reason: given.ignored,
});

/** What makes a delivery the same as another one, as a text. */
export const identityOf = (of: Pick<DeliveryInput, 'connection_id' | 'key' | 'content_digest'>): string =>
  // No two texts of the database hold NUL.
  `${of.connection_id}\0${of.key}\0${of.content_digest}`;

/** What the statement answers: one row, and in it only what is not simply stored. */
interface Answer {
  readonly stored: number;
  readonly others: readonly {
    readonly connection_id: string;
    readonly key: string;
    readonly content_digest: string;
    readonly is_new: boolean;
  }[];
}

/**
 * Stores deliveries of which no two are equal, in one statement; answers one receipt for each, in their order. Wakes
 * the relay once where something is due already. Throws `PortError` `unavailable`; any other error means that nothing
 * was stored because of at least one of them.
 *
 * Written in the order of the unique index: two statements that touch the same rows wait for each other, but cannot
 * lock each other out. A key that two statements at the same instant use with different content may go unnoticed.
 */
export const storeDeliveries = async (
  database: Pick<Database, 'runPrepared'>,
  inputs: readonly DeliveryInput[],
): Promise<Receipt[]> => {
  const [answer] = await atPort(() => database.runPrepared<Answer>(storing, [JSON.stringify(inputs)]));
  if (answer?.stored !== inputs.length) throw new Error('The database did not answer for every delivery.');
  const others = new Map(answer.others.map((row) => [identityOf(row), row]));
  const keysBefore = new Set<string>();
  return inputs.map((input) => {
    const other = others.get(identityOf(input));
    const fullKey = `${input.connection_id}\0${input.key}`;
    const isReused = other?.is_new === true || keysBefore.has(fullKey);
    keysBefore.add(fullKey);
    if (other?.is_new === false) return 'duplicate';
    return isReused ? 'reused-key' : 'stored';
  });
};

// `xmax` is 0 on a row that was inserted, not updated. The last select sees the table as it was before the statement.
// The search for the key goes by the index's order: written as an equality it is planned on a small table over an index
// that begins with the connection alone, and that plan, kept, took 130 ms for 64 rows once the table had grown.
const storing = `
  with stored as (
    insert into delivery (
      id, connection_id, source, key, content_digest, event, opportunity_id, contact_id, to_stage_id, triggered_at,
      received_at, correlation_id, waivers, found_together, order_number, count, state, due_at, reason, settled_at)
    select
      id, connection_id, source, key, content_digest, event, opportunity_id, contact_id, to_stage_id, triggered_at,
      received_at, correlation_id, waivers, found_together, order_number, count,
      case when reason is null then 'due' else 'settled' end, due_at, reason,
      case when reason is null then null else now() end
    from json_to_recordset($1::text::json) as given (
      id text, connection_id text, source text, key text, content_digest text, event text, opportunity_id text,
      contact_id text, to_stage_id text, triggered_at timestamptz, received_at timestamptz, correlation_id text,
      waivers jsonb, found_together int, order_number int, count int, due_at timestamptz, reason text)
    order by connection_id, key, content_digest
    on conflict (connection_id, key, content_digest) do update set count = delivery.count + excluded.count
    returning connection_id, key, content_digest, xmax = 0 as is_new, due_at
  )
  select
    (select count(*)::int from stored) as stored,
    (select coalesce(json_agg(other), '[]') from (
      select connection_id, key, content_digest, is_new from stored
      where not is_new or exists (
        select 1 from (
          select connection_id, key, content_digest from delivery
          where (delivery.connection_id, delivery.key) >= (stored.connection_id, stored.key)
          order by connection_id, key, content_digest limit 2) before
        where before.connection_id = stored.connection_id
          and before.key = stored.key
          and before.content_digest <> stored.content_digest)) other) as others,
    (select pg_notify('work', '')::text from stored where is_new and due_at <= now() limit 1) as woken`;
