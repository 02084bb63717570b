import { endOfSecret } from '@turn-lever/core/connecting/pasted-secret';
import type { ConnectionId, Instant } from '@turn-lever/core/ids';
import { PortError } from '@turn-lever/core/ports/port-error';
import type { Heard, KeptSecret, Setup, SetupState } from '@turn-lever/core/ports/setup';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Drizzle } from '../database.ts';
import { connection } from '../schema/connection.ts';
import { delivery } from '../schema/delivery.ts';
import { person } from '../schema/people/person.ts';
import { refusalSample } from '../schema/refusal-sample.ts';
import { signatureToken } from '../schema/signature-token.ts';
import type { Sealing } from '../seal.ts';

type TokenRow = typeof signatureToken.$inferSelect;

/** The questions about how a connection is set up. */
export const createReadSetup = (db: Drizzle, sealing: Sealing): Pick<Setup, 'read' | 'lastHeard'> => {
  const readHeard = async (connectionId: ConnectionId): Promise<Heard> => {
    const [pinged] = await db
      .select({ at: connection.lastPingAt })
      .from(connection)
      .where(eq(connection.id, connectionId));
    // Signed, or it would not be there. Derived, so that a delivery costs no second write.
    const [event] = await db
      .select({ at: delivery.receivedAt })
      .from(delivery)
      .where(and(eq(delivery.connectionId, connectionId), eq(delivery.source, 'webhook')))
      .orderBy(desc(delivery.id))
      .limit(1);
    const [refused] = await db
      .select({ reason: refusalSample.reason, at: refusalSample.at })
      .from(refusalSample)
      .where(eq(refusalSample.connectionId, connectionId))
      .orderBy(desc(refusalSample.id))
      .limit(1);
    return { lastSigned: later(pinged?.at ?? null, event?.at ?? null), lastRefused: refused ?? null };
  };

  /** A secret that cannot be read is no reason to hide the page where another one is pasted. */
  const endOf = async (
    connectionId: ConnectionId,
    column: string,
    sealed: string,
  ): Promise<string | null> => {
    try {
      return endOfSecret(await sealing.unseal(sealed, { connectionId, column }));
    } catch (error) {
      if (error instanceof PortError) return null;
      throw error;
    }
  };

  const kept = async (
    connectionId: ConnectionId,
    column: string,
    row: { readonly sealed: string; readonly savedBy: string | null; readonly savedAt: Instant },
    names: ReadonlyMap<string, string>,
  ): Promise<KeptSecret> => ({
    endsIn: await endOf(connectionId, column, row.sealed),
    savedBy: nameOf(names, row.savedBy),
    savedAt: row.savedAt,
  });

  return {
    lastHeard: (connectionId) => atPort(() => readHeard(connectionId)),
    read: (connectionId) =>
      atPort(async (): Promise<SetupState | null> => {
        const [row] = await db.select().from(connection).where(eq(connection.id, connectionId));
        if (row === undefined) return null;
        const tokens = await db
          .select()
          .from(signatureToken)
          .where(
            and(
              eq(signatureToken.connectionId, connectionId),
              sql`(${signatureToken.validUntil} is null or ${signatureToken.validUntil} > now())`,
            ),
          )
          .orderBy(desc(signatureToken.id));
        const current = tokens.find(isCurrent('pasted'));
        const previous = tokens.find(({ origin, validUntil }) => origin === 'pasted' && validUntil !== null);
        const authorizedBy = row.authorization?.personId ?? null;
        const names = await readNames(db, [
          row.settingsChangedBy,
          authorizedBy,
          row.turnTokenSavedBy,
          current?.savedBy ?? null,
        ]);
        const secret =
          current &&
          (await kept(connectionId, 'signature_token', { ...current, savedAt: current.createdAt }, names));
        const unseal = (sealed: string, column: string) => sealing.unseal(sealed, { connectionId, column });
        return {
          ...(await readHeard(connectionId)),
          leverKey: await unseal(row.leverKeySealed, 'lever_key'),
          turnKey: await unseal(row.turnKeySealed, 'turn_key'),
          settingsChangedBy: nameOf(names, row.settingsChangedBy),
          settingsChangedAt: row.settingsChangedAt,
          authorizedBy: nameOf(names, authorizedBy),
          pastedSecret:
            secret === undefined ? null : { ...secret, previousValidUntil: previous?.validUntil ?? null },
          createdWebhookIds: tokens
            .filter(isCurrent('created'))
            .flatMap(({ leverWebhookId }) => leverWebhookId ?? []),
          turnToken:
            row.turnTokenSealed === null
              ? null
              : await kept(
                  connectionId,
                  'turn_token',
                  {
                    sealed: row.turnTokenSealed,
                    savedBy: row.turnTokenSavedBy,
                    savedAt: row.turnTokenSavedAt ?? row.createdAt,
                  },
                  names,
                ),
          turnAccountName: row.turnTokenSealed === null ? null : row.turnAccountName,
          pings: row.pings,
          refused: row.refused,
        };
      }),
  };
};

const isCurrent =
  (origin: TokenRow['origin']) =>
  (row: TokenRow): boolean =>
    row.origin === origin && row.validUntil === null;

const later = (ping: Instant | null, event: Instant | null): Heard['lastSigned'] => {
  if (event !== null && event >= (ping ?? 0)) return { kind: 'event', at: event };
  return ping === null ? null : { kind: 'ping', at: ping };
};

const nameOf = (names: ReadonlyMap<string, string>, personId: string | null): string | null =>
  personId === null ? null : (names.get(personId) ?? null);

const readNames = async (
  db: Drizzle,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> => {
  const known = [...new Set(ids.filter((id) => id !== null))];
  if (known.length === 0) return new Map();
  const rows = await db
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(inArray(person.id, known));
  return new Map(rows.map(({ id, name }) => [id, name]));
};
