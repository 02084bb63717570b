import type { ConnectionId } from '@turn-lever/core/ids';
import type { IncidentKind } from '@turn-lever/core/ports/incidents';
import { sql } from 'drizzle-orm';
import { index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { newId } from '../new-id.ts';
import { connection } from './connection.ts';
import { instant } from './instant.ts';

/** Something people must be told of, from when it was first seen until it was over. */
export const incident = pgTable(
  'incident',
  {
    id: text().primaryKey().$defaultFn(newId),
    connectionId: text()
      .$type<ConnectionId>()
      .notNull()
      .references(() => connection.id, { onDelete: 'cascade' }),
    kind: text().$type<IncidentKind>().notNull(),
    subject: text().notNull(),
    raisedAt: instant().notNull().default(sql`now()`),
    resolvedAt: instant(),
  },
  (table) => [
    // One open incident of a kind and subject: whoever raises it second learns that it is known.
    uniqueIndex('incident_open_unique')
      .on(table.connectionId, table.kind, table.subject)
      .where(sql`resolved_at is null`),
    index('incident_newest').on(table.connectionId, table.raisedAt),
  ],
);
