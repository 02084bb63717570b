import type { Incidents } from '@turn-lever/core/ports/incidents';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Database } from '../database.ts';
import { incident } from '../schema/incident.ts';

/** Incidents in their table; a unique index over the open ones decides who opened it. */
export const createIncidents = ({ db }: Pick<Database, 'db'>): Incidents => ({
  raise: (connectionId, kind, subject) =>
    atPort(async () => {
      const opened = await db
        .insert(incident)
        .values({ connectionId, kind, subject })
        .onConflictDoNothing()
        .returning({ id: incident.id });
      return opened.length > 0;
    }),

  resolve: (connectionId, kind, subject) =>
    atPort(async () => {
      const closed = await db
        .update(incident)
        .set({ resolvedAt: sql`now()` })
        .where(
          and(
            eq(incident.connectionId, connectionId),
            eq(incident.kind, kind),
            eq(incident.subject, subject),
            isNull(incident.resolvedAt),
          ),
        )
        .returning({ id: incident.id });
      return closed.length > 0;
    }),

  listOpen: (connectionId) =>
    atPort(() =>
      db
        .select({ kind: incident.kind, subject: incident.subject, raisedAt: incident.raisedAt })
        .from(incident)
        .where(and(eq(incident.connectionId, connectionId), isNull(incident.resolvedAt)))
        // Ids grow with time and tell two of one instant apart.
        .orderBy(desc(incident.raisedAt), desc(incident.id)),
    ),

  subjectsRaised: (connectionId, kind) =>
    atPort(async () => {
      const rows = await db
        .selectDistinct({ subject: incident.subject })
        .from(incident)
        .where(and(eq(incident.connectionId, connectionId), eq(incident.kind, kind)));
      return rows.map(({ subject }) => subject);
    }),
});
