import type { NewDelivery } from '@turn-lever/core/delivery';
import type { Receipt } from '@turn-lever/core/ports/inbox';
import { PortError } from '@turn-lever/core/ports/port-error';
import { sql } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Database, Drizzle } from '../database.ts';
import { newId } from '../new-id.ts';
import { rowsOf } from '../rows-of.ts';

/** A delivery as the statements take it, made when the caller hands it in: what cannot be written fails there alone. */
export interface DeliveryInput {
  readonly id: string;
  readonly connection_id: string;
  readonly key: string;
  /** Which of several contents under one key: the first, or one named by its digest. */
  readonly variant?: string;
  readonly content_digest: string;
  /** How many equal ones this stands for; left out for one. */
  readonly count?: number;
  readonly [column: string]: unknown;
}

/** Throws where a time is no time. What is absent or as usual is left out: the database reads less. */
export const toDeliveryInput = (given: NewDelivery): DeliveryInput => ({
  id: newId(),
  connection_id: given.connectionId,
  source: given.source,
  key: given.key,
  content_digest: given.contentDigest,
  event: given.happening.event,
  opportunity_id: given.happening.opportunityId ?? undefined,
  contact_id: given.happening.contactId ?? undefined,
  to_stage_id: given.happening.toStageId ?? undefined,
  triggered_at: new Date(given.happening.triggeredAt).toISOString(),
  received_at: new Date(given.receivedAt).toISOString(),
  correlation_id: given.correlationId,
  waivers: given.waivers.length === 0 ? undefined : given.waivers,
  found_together: given.foundTogether === 1 ? undefined : given.foundTogether,
  order_number: given.orderNumber ?? undefined,
  due_at: given.dueAt === null ? undefined : new Date(given.dueAt).toISOString(),
  reason: given.ignored ?? undefined,
});

/** What makes a delivery the same as another one, as a text. */
export const identityOf = (of: Pick<DeliveryInput, 'connection_id' | 'key' | 'content_digest'>): string =>
  // No two texts of the database hold NUL.
  `${of.connection_id}\0${of.key}\0${of.content_digest}`;

// Only somebody else who stores and deletes the same keys at the same instant makes one more necessary.
const mostTries = 3;

/**
 * Stores deliveries of which no two are equal; answers one receipt for each, in their order. Wakes the relay once where
 * something is due already. One statement as long as all keys are new, which is nearly always. Throws `PortError`
 * `unavailable`; then those whose keys were new may be stored, and are found to be repeats when they come again. Any
 * other error means that nothing was stored because of at least one of them.
 */
export const storeDeliveries = async (
  database: Pick<Database, 'db' | 'runPrepared'>,
  inputs: readonly DeliveryInput[],
): Promise<Receipt[]> => {
  const receipts = new Map<string, Receipt>();
  let open = inputs;
  for (let attempt = 0; open.length > 0 && attempt < mostTries; attempt += 1) {
    if ((await insert(database, open)) === open.length) {
      for (const { id, variant } of open) receipts.set(id, variant === undefined ? 'stored' : 'reused-key');
      break;
    }
    const found = await countRepeats(database.db, open);
    for (const { id, variant } of open) {
      const row = found.get(id);
      if (row?.is_repeat) receipts.set(id, 'duplicate');
      else if (row?.is_stored) receipts.set(id, variant === undefined ? 'stored' : 'reused-key');
    }
    // Their key is taken by other content: both are kept.
    open = open.flatMap((input) =>
      receipts.has(input.id) ? [] : [{ ...input, variant: input.content_digest }],
    );
  }
  return inputs.map(({ id }) => {
    const receipt = receipts.get(id);
    if (receipt === undefined)
      throw new PortError('unavailable', 'The keys of the deliveries do not come to rest.');
    return receipt;
  });
};

/** How many were stored: those whose key was new. */
const insert = async (
  database: Pick<Database, 'runPrepared'>,
  inputs: readonly DeliveryInput[],
): Promise<number> => (await atPort(() => database.runPrepared(inserting, [JSON.stringify(inputs)]))).length;

// In the order of the unique index: two statements that touch the same rows wait for each other, but cannot lock each
// other out. Which of the rows are repeats is not asked: answering it in one statement took twice as long for each row.
const inserting = `
  insert into delivery (
    id, connection_id, source, key, variant, content_digest, event, opportunity_id, contact_id, to_stage_id,
    triggered_at, received_at, correlation_id, waivers, found_together, order_number, count, state, due_at, reason,
    settled_at)
  select
    id, connection_id, source, key, coalesce(variant, ''), content_digest, event, opportunity_id, contact_id, to_stage_id,
    triggered_at, received_at, correlation_id, coalesce(waivers, '[]'), coalesce(found_together, 1), order_number,
    coalesce(count, 1), case when reason is null then 'due' else 'settled' end, due_at, reason,
    case when reason is null then null else now() end
  from json_to_recordset($1::text::json) as given (
    id text, connection_id text, source text, key text, variant text, content_digest text, event text,
    opportunity_id text, contact_id text, to_stage_id text, triggered_at timestamptz, received_at timestamptz,
    correlation_id text, waivers jsonb, found_together int, order_number int, count int, due_at timestamptz, reason text)
  order by connection_id, key, variant
  on conflict (connection_id, key, variant) do nothing
  returning case when due_at <= now() then pg_notify('work', '')::text end as woken`;

/** What is kept under the key of an input. */
type Found = {
  readonly id: string;
  readonly is_stored: boolean;
  readonly is_repeat: boolean;
};

/** Raises the counts of those that are kept already, and says which of the inputs are repeats and which were stored. */
const countRepeats = async (
  db: Drizzle,
  inputs: readonly DeliveryInput[],
): Promise<ReadonlyMap<string, Found>> => {
  const keys = inputs.map(({ id, connection_id, key, content_digest, count }) => ({
    id,
    connection_id,
    key,
    content_digest,
    count: count ?? 1,
  }));
  const result = await atPort(() =>
    db.execute(sql`
      with kept as (
        select delivery.id, given.id as given_id, given.count,
          delivery.content_digest = given.content_digest as is_same
        from json_to_recordset(${JSON.stringify(keys)}::text::json)
          as given (id text, connection_id text, key text, content_digest text, count int)
        join delivery on delivery.connection_id = given.connection_id and delivery.key = given.key
        order by delivery.connection_id, delivery.key, delivery.variant
        for update of delivery
      ), counted as (
        update delivery set count = delivery.count + kept.count
        from kept where delivery.id = kept.id and kept.is_same and kept.id <> kept.given_id
      )
      select given_id as id, bool_or(id = given_id) as is_stored, bool_or(is_same and id <> given_id) as is_repeat
      from kept group by given_id`),
  );
  return new Map(rowsOf<Found>(result).map((row) => [row.id, row]));
};
