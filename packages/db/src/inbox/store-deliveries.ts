import type { NewDelivery } from '@turn-lever/core/delivery';
import type { Receipt } from '@turn-lever/core/ports/inbox';
import { sql } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Drizzle } from '../database.ts';
import { newId } from '../new-id.ts';
import { rowsOf } from '../rows-of.ts';

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
  count: 1,
  due_at: given.dueAt === null ? null : new Date(given.dueAt).toISOString(),
  reason: given.ignored,
});

/**
 * Stores deliveries of which no two are equal, in one statement; answers one receipt for each, in their order. Wakes
 * the relay once where something is due already. Throws `PortError` `unavailable`; any other error means that nothing
 * was stored because of at least one of them.
 *
 * Written in the order of the unique index: two statements that touch the same rows wait for each other, but cannot
 * lock each other out. A key that two statements at the same instant use with different content may go unnoticed.
 */
export const storeDeliveries = async (db: Drizzle, inputs: readonly DeliveryInput[]): Promise<Receipt[]> => {
  const given = JSON.stringify(inputs.map((input, position) => ({ ...input, position })));
  const result = await atPort(() => db.execute(storing(given)));
  const answers = new Map(
    rowsOf<{ position: number; is_new: boolean; is_reused: boolean }>(result).map((row) => [
      row.position,
      row,
    ]),
  );
  const keysBefore = new Set<string>();
  return inputs.map(({ connection_id, key }, position) => {
    const answer = answers.get(position);
    if (answer === undefined) throw new Error('The database did not answer for a delivery.');
    const fullKey = JSON.stringify([connection_id, key]);
    const isReused = answer.is_reused || keysBefore.has(fullKey);
    keysBefore.add(fullKey);
    if (!answer.is_new) return 'duplicate';
    return isReused ? 'reused-key' : 'stored';
  });
};

// `xmax` is 0 on a row that was inserted, not updated. The outer select sees the table as it was before the statement.
const storing = (given: string) => sql`
  with given as (
    select * from jsonb_to_recordset(${given}::text::jsonb) as given (
      position int, id text, connection_id text, source text, key text, content_digest text, event text,
      opportunity_id text, contact_id text, to_stage_id text, triggered_at timestamptz, received_at timestamptz,
      correlation_id text, waivers jsonb, found_together int, count int, due_at timestamptz, reason text)
  ), stored as (
    insert into delivery (
      id, connection_id, source, key, content_digest, event, opportunity_id, contact_id, to_stage_id, triggered_at,
      received_at, correlation_id, waivers, found_together, count, state, due_at, reason, settled_at)
    select
      id, connection_id, source, key, content_digest, event, opportunity_id, contact_id, to_stage_id, triggered_at,
      received_at, correlation_id, waivers, found_together, count,
      case when reason is null then 'due' else 'settled' end, due_at, reason,
      case when reason is null then null else now() end
    from given
    order by connection_id, key, content_digest
    on conflict (connection_id, key, content_digest) do update set count = delivery.count + excluded.count
    returning connection_id, key, content_digest, xmax = 0 as is_new, due_at
  )
  select
    given.position,
    stored.is_new,
    exists (
      select 1 from delivery before
      where before.connection_id = given.connection_id
        and before.key = given.key
        and before.content_digest <> given.content_digest) as is_reused,
    (select pg_notify('work', '')::text from stored where is_new and due_at <= now() limit 1) as woken
  from stored join given using (connection_id, key, content_digest)`;
