import { setTimeout as delay } from 'node:timers/promises';
import { describeAuditLogContract } from '@turn-lever/core/testing/audit-log-contract';
import { describeCallLogContract } from '@turn-lever/core/testing/call-log-contract';
import { describeConnectionsContract } from '@turn-lever/core/testing/connections-contract';
import { describeGrantsContract } from '@turn-lever/core/testing/grants-contract';
import { describeIncidentsContract } from '@turn-lever/core/testing/incidents-contract';
import { eq } from 'drizzle-orm';
import { createAuditLog } from '../src/audit-log/create-audit-log.ts';
import { createCallLog } from '../src/call-log/create-call-log.ts';
import { createConnections } from '../src/connections/create-connections.ts';
import { createGrants } from '../src/grants/create-grants.ts';
import { createIncidents } from '../src/incidents/create-incidents.ts';
import { connection } from '../src/schema/connection.ts';
import { signatureToken } from '../src/schema/signature-token.ts';
import { aSealing } from '../testing/a-sealing.ts';
import { storeAccount } from '../testing/an-account.ts';
import { eachDatabase } from '../testing/databases.ts';

const sealing = aSealing();
const surroundings = { now: Date.now, pass: (ms: number) => delay(ms), close: async () => {} };

eachDatabase((database, kind) => {
  describeCallLogContract(kind, async () => ({
    ...surroundings,
    callLog: createCallLog(database()),
    createConnection: () => storeAccount(database()),
  }));

  describeAuditLogContract(kind, async () => ({
    ...surroundings,
    auditLog: createAuditLog(database()),
    createConnection: () => storeAccount(database()),
  }));

  describeIncidentsContract(kind, async () => ({
    ...surroundings,
    incidents: createIncidents(database()),
    createConnection: () => storeAccount(database()),
  }));

  describeGrantsContract(kind, async () => ({
    ...surroundings,
    grants: createGrants(database(), { sealing }),
    createConnection: async (grant) => {
      const { db } = database();
      const id = await storeAccount(database(), grant ?? {});
      const erased = { accessTokenSealed: null, refreshTokenSealed: null, expiresAt: null };
      const change = grant === null ? erased : { issuedAt: grant.issuedAt };
      await db.update(connection).set(change).where(eq(connection.id, id));
      return id;
    },
  }));

  describeConnectionsContract(kind, async () => {
    const { db } = database();
    return {
      ...surroundings,
      // A clock that leaps: within the contract nothing is read from memory.
      connections: createConnections(database(), { sealing, now: leapingClock() }),
      grants: createGrants(database(), { sealing }),
      addSignatureToken: async (connectionId, token, validUntil) => {
        const sealed = await sealing.seal(token, { connectionId, column: 'signature_token' });
        await db.insert(signatureToken).values({ connectionId, sealed, validUntil, origin: 'pasted' });
      },
      setCreatingWebhook: async (id, isCreatingWebhook) => {
        await db.update(connection).set({ isCreatingWebhook }).where(eq(connection.id, id));
      },
    };
  });
});

const leapingClock = (): (() => number) => {
  let time = 0;
  return () => {
    time += 60_000;
    return time;
  };
};
