import type { Setup } from '@turn-lever/core/ports/setup';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import { connectionChanged } from '../connections/connection-saves.ts';
import type { Drizzle } from '../database.ts';
import { connection } from '../schema/connection.ts';

/** Stands in a `returning`: every process is told once it is committed, and only where something was changed. */
export const told = sql<string>`pg_notify(${connectionChanged}, ${connection.id})::text`;

/** The part of `Setup` that holds no secret. Each save is one statement. */
export const createSaveSettings = (db: Drizzle): Pick<Setup, 'saveSettings' | 'saveEnvironment'> => ({
  saveSettings: (connectionId, { revision, settings, triggerStage, isOtherStage, personId }, now) =>
    atPort(async () => {
      const [row] = await db
        .update(connection)
        .set({
          settings,
          triggerStage,
          settingsRevision: revision + 1,
          settingsChangedBy: personId,
          settingsChangedAt: now,
          ...(isOtherStage && { orderingSince: now }),
        })
        .where(
          and(
            eq(connection.id, connectionId),
            eq(connection.settingsRevision, revision),
            isNull(connection.disconnectedAt),
          ),
        )
        .returning({ revision: connection.settingsRevision, told });
      return row?.revision ?? null;
    }),

  saveEnvironment: (connectionId, environment) =>
    atPort(async () => {
      const rows = await db
        .update(connection)
        .set({ environment })
        .where(
          and(
            eq(connection.id, connectionId),
            eq(connection.leverHealth, 'not-connected'),
            isNull(connection.disconnectedAt),
          ),
        )
        .returning({ told });
      return rows.length > 0;
    }),
});
