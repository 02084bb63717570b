import type { ConnectionId } from '@turn-lever/core/ids';
import type { Connections } from '@turn-lever/core/ports/connections';
import { and, eq, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Database } from '../database.ts';
import { connection } from '../schema/connection.ts';

/** Told to every process after a connection was changed, with its id. */
export const connectionChanged = 'connection_changed';

// ms. How exactly it is known when Turn's webhook was last seen; a bulk of webhooks costs one write a minute.
const seenEvery = 60_000;

type Change = Partial<{ [Column in keyof typeof connection.$inferInsert]: unknown }>;

/** The part of `Connections` that saves what was learned. Every save tells all processes, once it is committed. */
export const createConnectionSaves = ({
  db,
}: Pick<Database, 'db'>): Pick<
  Connections,
  'saveTriggerStage' | 'savePackages' | 'saveHealth' | 'savePaused' | 'saveTurnWebhookSeen'
> => {
  const save = (connectionId: ConnectionId, change: Change, where?: SQL): Promise<void> =>
    atPort(async () => {
      // One statement: the notification leaves with the commit of the change, and only where something changed.
      const changed = db.$with('changed').as(
        db
          .update(connection)
          .set(change as Partial<typeof connection.$inferInsert>)
          .where(and(eq(connection.id, connectionId), where))
          .returning({ id: connection.id }),
      );
      await db
        .with(changed)
        .select({ told: sql`pg_notify(${connectionChanged}, ${changed.id})` })
        .from(changed);
    });

  return {
    saveTriggerStage: (connectionId, triggerStage, revision) =>
      save(connectionId, { triggerStage }, eq(connection.settingsRevision, revision)),

    savePackages: (connectionId, { packages, readAt }) =>
      save(connectionId, { packages, packagesReadAt: readAt }),

    saveHealth: (connectionId, vendor, health) => {
      const [name, column] =
        vendor === 'lever'
          ? (['leverHealth', connection.leverHealth] as const)
          : (['turnHealth', connection.turnHealth] as const);
      return save(connectionId, { [name]: health }, sql`${column} not in (${health}, 'not-connected')`);
    },

    savePaused: (connectionId, pausedAt, now) =>
      save(connectionId, {
        pausedAt,
        ...(pausedAt === null && {
          // Only where it was paused: "resume" pressed twice must not drop what came in between.
          orderingSince: sql`case when ${connection.pausedAt} is null then ${connection.orderingSince}
            else ${new Date(now).toISOString()}::timestamptz end`,
        }),
      }),

    saveTurnWebhookSeen: (connectionId, at) =>
      save(
        connectionId,
        { turnWebhookSeenAt: at },
        or(isNull(connection.turnWebhookSeenAt), lt(connection.turnWebhookSeenAt, at - seenEvery)),
      ),
  };
};
