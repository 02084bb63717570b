import type { ConnectionId } from '@turn-lever/core/ids';
import type { Connections } from '@turn-lever/core/ports/connections';
import { defaultSettings } from '@turn-lever/core/settings';
import { anAuthorization } from '@turn-lever/core/testing/an-authorization';
import { canary } from '@turn-lever/core/testing/canaries';
import { eq, sql } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import { createConnections } from '../src/connections/create-connections.ts';
import { account } from '../src/schema/account.ts';
import { connection } from '../src/schema/connection.ts';
import { oneTimeLink } from '../src/schema/people/one-time-link.ts';
import { signatureToken } from '../src/schema/signature-token.ts';
import { createSealing } from '../src/seal.ts';
import { isRoundDue } from '../src/work/connection-due.ts';
import { aSealing } from '../testing/a-sealing.ts';
import { anAccount } from '../testing/an-account.ts';
import { eachDatabase } from '../testing/databases.ts';

const stopped = () => 0;

const connectAgain = async (connections: Connections, id: ConnectionId, secret: string) => {
  const before = await connections.read(id);
  if (before === null) throw new Error('Expected the connection.');
  const accessToken = canary.secret(secret);
  const grant = { accessToken, refreshToken: `${accessToken}2`, expiresAt: Date.now(), issuedAt: null };
  const authorized = anAuthorization({ grant, leverAccountId: before.leverAccountId });
  const authorization = { ...authorized, personId: 'person-1', at: Date.now() };
  return connections.connectLever(id, authorization, Date.now());
};

eachDatabase((database) => {
  const create = async (given = anAccount()) => {
    const connections = createConnections(database(), { sealing: aSealing(), now: stopped });
    const creation = await connections.createAccount(given, Date.now());
    if (creation.kind !== 'created') throw new Error('Expected an account.');
    return { connections, ...creation };
  };

  test('what another process saves is seen at once, although it was in memory', async () => {
    const { connections, leverKey, turnKey, connectionId } = await create();
    const elsewhere = createConnections(database(), { sealing: aSealing() });
    await connections.leverEntrance(leverKey, { fresh: false });
    await connections.turnEntrance(turnKey);
    await elsewhere.saveHealth(connectionId, 'lever', 'reconnect-needed');
    await vi.waitFor(async () => {
      const entrance = await connections.leverEntrance(leverKey, { fresh: false });
      expect(entrance?.connection.lever).toBe('reconnect-needed');
      expect((await connections.turnEntrance(turnKey))?.lever).toBe('reconnect-needed');
    });
  });

  test('what changed without a word is not seen until the memory is too old', async () => {
    const { connections, leverKey, connectionId } = await create();
    await connections.leverEntrance(leverKey, { fresh: false });
    await database()
      .db.update(connection)
      .set({ creatingWebhookUntil: Date.now() + 60_000 })
      .where(eq(connection.id, connectionId));
    expect((await connections.leverEntrance(leverKey, { fresh: true }))?.isCreatingWebhook).toBe(false);
  });

  test('a reconnect makes a sweep due at once, and a disconnect makes none due any more', async () => {
    const { connections, connectionId } = await create();
    const { db } = database();
    await db
      .update(connection)
      .set({ nextSweepAt: Date.now() + 900_000 })
      .where(eq(connection.id, connectionId));
    expect(await isRoundDue(database(), 'sweep', connectionId)).toBe(false);
    expect(await connectAgain(connections, connectionId, 'new')).toBe('connected');
    expect(await isRoundDue(database(), 'sweep', connectionId)).toBe(true);
    await connections.disconnect(connectionId, Date.now());
    expect(await isRoundDue(database(), 'sweep', connectionId)).toBe(false);
  });

  test('a disconnect elsewhere is seen at once, although the secrets were in memory', async () => {
    const { connections, leverKey, connectionId } = await create();
    const elsewhere = createConnections(database(), { sealing: aSealing() });
    expect((await connections.leverEntrance(leverKey, { fresh: false }))?.signatureTokens).toHaveLength(1);
    await elsewhere.disconnect(connectionId, Date.now());
    await vi.waitFor(async () => {
      const entrance = await connections.leverEntrance(leverKey, { fresh: false });
      expect(entrance?.connection.disconnectedAt).not.toBeNull();
      expect(entrance?.signatureTokens).toEqual([]);
    });
  });

  test('no secret of a reconnect stands in clear in any row', async () => {
    const { connections, connectionId } = await create();
    expect(await connectAgain(connections, connectionId, 'clear-1')).toBe('connected');
    const rows = JSON.stringify(await database().db.select().from(connection));
    expect(rows).not.toContain('clear-');
  });

  test('the first Super Admin is invited under a lower-cased address, and the token kept as a hash', async () => {
    const { accountId, invitation } = await create({
      ...anAccount(),
      superAdminEmail: ` ${canary.adminEmail.toUpperCase()} `,
    });
    const links = await database().db.select().from(oneTimeLink).where(eq(oneTimeLink.accountId, accountId));
    expect(links).toMatchObject([{ email: canary.adminEmail, role: 'super-admin', purpose: 'invitation' }]);
    expect(JSON.stringify(links)).not.toContain(invitation);
  });

  test('nothing is left of an account whose Lever account is taken', async () => {
    const { connections } = await create(anAccount({ accountId: 'taken' }));
    const loser = { ...anAccount({ accountId: 'taken' }), name: 'Loser Ltd' };
    expect(await connections.createAccount(loser, Date.now())).toEqual({ kind: 'lever-account-taken' });
    expect(await database().db.select().from(account).where(eq(account.name, 'Loser Ltd'))).toEqual([]);
  });

  test('no secret stands in clear in any row', async () => {
    const given = anAccount({
      accessToken: canary.secret('clear-1'),
      refreshToken: canary.secret('clear-2'),
      signatureToken: canary.secret('clear-3'),
    });
    const { leverKey, turnKey } = await create({
      ...given,
      turn: { token: canary.secret('clear-4') },
      settings: defaultSettings,
    });
    const { db } = database();
    const rows = JSON.stringify([await db.select().from(connection), await db.select().from(signatureToken)]);
    for (const secret of ['clear-', leverKey, turnKey]) expect(rows).not.toContain(secret);
  });

  test('R27 a secret that cannot be unsealed is "unavailable", never an entrance without tokens', async () => {
    const { leverKey, connectionId } = await create();
    const sealing = createSealing([{ kid: 'other', key: new Uint8Array(32) }]);
    const connections = createConnections(database(), { sealing });
    await expect(connections.leverEntrance(leverKey, { fresh: true })).rejects.toMatchObject({
      code: 'unavailable',
    });
    await expect(connections.turnToken(connectionId)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('an error of the database names no value of the statement', async () => {
    const { connections } = await create();
    const broken = { ...anAccount(), name: 'Secret\u0000Name' };
    const failure = await connections.createAccount(broken, Date.now()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(`${failure} ${(failure as Error).cause}`).not.toContain('Secret');
  });

  test('saving what is known already writes nothing', async () => {
    const { connections, connectionId } = await create();
    const seenAt = Date.UTC(2026, 10, 23);
    await connections.saveTurnWebhookSeen(connectionId, seenAt);
    const before = await database().db.execute(
      sql`select xmin::text as version from connection where id = ${connectionId}`,
    );
    await connections.saveTurnWebhookSeen(connectionId, seenAt + 59_000);
    await connections.saveHealth(connectionId, 'turn', 'working');
    const after = await database().db.execute(
      sql`select xmin::text as version from connection where id = ${connectionId}`,
    );
    expect(JSON.stringify(after)).toBe(JSON.stringify(before));
  });
});
