import { type Check, type Hold, nothingShown, type Shown, type ShownNote } from '@turn-lever/core/check';
import type { NoteId } from '@turn-lever/core/ids';
import type { KnownStatus } from '@turn-lever/core/status/status-transition';
import { getTableColumns, sql } from 'drizzle-orm';
import { backgroundCheck } from '../schema/background-check.ts';

/**
 * What every statement answers of a row. Whether it is the newest is computed: a later order makes it untrue without
 * touching the row. Written out, because drizzle leaves the table's name away in a `returning`.
 */
export const checkColumns = {
  ...getTableColumns(backgroundCheck),
  isNewest: sql<boolean>`not exists (
    select 1 from background_check later
    where later.environment = background_check.environment
      and later.lever_account_id = background_check.lever_account_id
      and later.opportunity_id = background_check.opportunity_id
      and later.order_number > background_check.order_number)`,
};

/** A row of a check as the database has it. */
export type CheckRow = typeof backgroundCheck.$inferSelect & { readonly isNewest: boolean };

/** A row without the candidate's name, leases and marks of the relay. */
export const toCheck = (row: CheckRow): Check => ({
  id: row.id,
  accountId: row.accountId,
  connectionId: row.connectionId,
  environment: row.environment,
  opportunityId: row.opportunityId,
  contactId: row.contactId,
  orderNumber: row.orderNumber,
  referenceId: row.referenceId,
  packageId: row.packageId,
  invalidTags: row.invalidTags,
  phase: row.phase,
  hold: toHold(row),
  sendingAt: row.sendingAt,
  orderedAt: row.orderedAt,
  dismissedAt: row.dismissedAt,
  workerId: row.workerId,
  turnId: row.turnId,
  status: toStatus(row.status),
  reportUrl: row.reportUrl,
  shown: toShown(row.shown),
  writeBackStop: row.writeBackStop,
  isNewest: row.isNewest,
  lookUps: row.lookUps,
  failures: row.failures,
  nextSyncAt: row.nextSyncAt,
  deliveryId: row.deliveryId,
  correlationId: row.correlationId,
  createdAt: row.createdAt,
});

const toHold = ({ holdReason, holdDetails, heldSince }: CheckRow): Hold | null =>
  holdReason === null || heldSince === null
    ? null
    : { reason: holdReason, details: holdDetails, since: heldSince };

/** A status that lacks a part counts as never read: Turn is asked again, so nothing is lost by forgetting it. */
const toStatus = (kept: Partial<KnownStatus> | null): KnownStatus | null => {
  if (kept === null) return null;
  const { status, raw, generation, changedAt, recheckDate = null } = kept;
  const isWhole =
    typeof status?.label === 'string' &&
    typeof status.group === 'string' &&
    typeof raw === 'string' &&
    typeof generation === 'number' &&
    typeof changedAt === 'number';
  return isWhole ? { status, raw, generation, changedAt, recheckDate } : null;
};

/** A note that lacks its id is looked for before it is written again. */
const toNote = (kept: ShownNote | undefined): ShownNote => {
  const { kind, text, noteId } = (kept ?? {}) as { kind?: string; text?: unknown; noteId?: unknown };
  if (kind !== 'attempted' && kind !== 'written') return { kind: 'absent' };
  const known = typeof text === 'string' ? text : '';
  return kind === 'written' && typeof noteId === 'string'
    ? { kind, noteId: noteId as NoteId, text: known }
    : { kind: 'attempted', text: known };
};

const toShown = ({ tags, stubborn, notes }: Partial<Shown>): Shown => ({
  tags: Array.isArray(tags) ? tags : nothingShown.tags,
  stubborn: stubborn ?? nothingShown.stubborn,
  notes: {
    turnId: toNote(notes?.turnId),
    report: toNote(notes?.report),
    held: toNote(notes?.held),
  },
});
