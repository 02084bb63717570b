import type { LeasedDelivery } from '@turn-lever/core/ports/inbox';
import { and, eq, exists, type SQL } from 'drizzle-orm';
import type { Drizzle } from '../database.ts';
import { delivery } from '../schema/delivery.ts';

/** The delivery's row while it is due and leased so, locked until the statement's end: a cancel comes before or after. */
export const stillLeased = (db: Pick<Drizzle, 'select'>, { delivery: { id }, lease }: LeasedDelivery) =>
  db
    .select({ id: delivery.id })
    .from(delivery)
    .where(and(eq(delivery.id, id), eq(delivery.lease, lease), eq(delivery.state, 'due')))
    .for('share');

/** The same as a condition of another statement; none where no delivery is given. */
export const whileLeased = (db: Drizzle, leased: LeasedDelivery | undefined): SQL | undefined =>
  leased === undefined ? undefined : exists(stillLeased(db, leased));
