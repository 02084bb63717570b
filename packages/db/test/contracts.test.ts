import { setTimeout as delay } from 'node:timers/promises';
import type { AccountId } from '@turn-lever/core/ids';
import { describeAuditLogContract } from '@turn-lever/core/testing/audit-log-contract';
import { describeAuthorizationRequestsContract } from '@turn-lever/core/testing/authorization-requests-contract';
import { describeCallLogContract } from '@turn-lever/core/testing/call-log-contract';
import { describeConnectionsContract } from '@turn-lever/core/testing/connections-contract';
import { describeGrantsContract } from '@turn-lever/core/testing/grants-contract';
import { describeIncidentsContract } from '@turn-lever/core/testing/incidents-contract';
import { describePeopleContract } from '@turn-lever/core/testing/people-contract';
import { eq } from 'drizzle-orm';
import { createAuditLog } from '../src/audit-log/create-audit-log.ts';
import { createAuthorizationRequests } from '../src/authorization-requests/create-authorization-requests.ts';
import { createCallLog } from '../src/call-log/create-call-log.ts';
import { createConnections } from '../src/connections/create-connections.ts';
import { createGrants } from '../src/grants/create-grants.ts';
import { createIncidents } from '../src/incidents/create-incidents.ts';
import { newId } from '../src/new-id.ts';
import { createPeople } from '../src/people/create-people.ts';
import { account } from '../src/schema/account.ts';
import { connection } from '../src/schema/connection.ts';
import { membership } from '../src/schema/people/membership.ts';
import { person } from '../src/schema/people/person.ts';
import { session } from '../src/schema/people/session.ts';
import { signatureToken } from '../src/schema/signature-token.ts';
import { createSessions } from '../src/sign-in/sessions.ts';
import { aSealing } from '../testing/a-sealing.ts';
import { storeAccount } from '../testing/an-account.ts';
import { eachDatabase, openTestDatabase } from '../testing/databases.ts';

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

  describePeopleContract(kind, async () => {
    const { db } = database();
    return {
      ...surroundings,
      people: createPeople(database(), { sealing }),
      createEmpty: async () => {
        const empty = await openTestDatabase(kind);
        const connections = createConnections(empty, { sealing });
        return {
          people: createPeople(empty, { sealing }),
          connections,
          close: () => empty.close(),
        };
      },
      createAccount: async (name) => {
        const [row] = await db.insert(account).values({ name }).returning({ id: account.id });
        if (row === undefined) throw new Error('The account was not stored.');
        return row.id;
      },
      addMember: async (accountId, email, role) => {
        await db.insert(person).values({ name: 'Ada', email }).onConflictDoNothing();
        const [row] = await db.select({ id: person.id }).from(person).where(eq(person.email, email));
        const personId = row?.id ?? '';
        await db.insert(membership).values({ accountId, personId, role });
        return personId;
      },
      addSession: async (personId) => {
        await db
          .insert(session)
          .values({ personId, token: newId(), expiresAt: new Date(Date.now() + 60_000) });
      },
      passwordHash: (personId) => createSessions(database()).passwordHash(personId),
    };
  });

  describeAuthorizationRequestsContract(kind, async () => {
    const { db } = database();
    return {
      ...surroundings,
      requests: createAuthorizationRequests(database(), { sealing }),
      createSubject: async () => {
        const connectionId = await storeAccount(database());
        const [row] = await db.select().from(connection).where(eq(connection.id, connectionId));
        const email = `${newId()}@example.com`;
        const [made] = await db.insert(person).values({ name: 'Ada', email }).returning();
        const personId = made?.id ?? '';
        const [signedIn] = await db
          .insert(session)
          .values({ personId, token: newId(), expiresAt: new Date(Date.now() + 60_000) })
          .returning();
        return {
          sessionId: signedIn?.id ?? '',
          personId,
          accountId: row?.accountId ?? ('' as AccountId),
          connectionId,
        };
      },
      endSession: async (sessionId) => {
        await db.delete(session).where(eq(session.id, sessionId));
      },
    };
  });

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
      setCreatingWebhook: async (id, isCreating) => {
        const creatingWebhookUntil = isCreating ? Date.now() + 60_000 : null;
        await db.update(connection).set({ creatingWebhookUntil }).where(eq(connection.id, id));
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
