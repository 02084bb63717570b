import { TRPCError } from '@trpc/server';
import type { Connection, Environment } from '@turn-lever/core/connection';
import type { AuditLog } from '@turn-lever/core/ports/audit-log';
import type { Connections } from '@turn-lever/core/ports/connections';
import type { People } from '@turn-lever/core/ports/people';
import { z } from 'zod';
import { may, router } from '../access.ts';
import { inAccount, onConnection } from '../inputs.ts';

/** What the read procedures of an account need. */
export interface AccountPorts {
  readonly connections: Pick<Connections, 'ofAccount' | 'read'>;
  readonly auditLog: Pick<AuditLog, 'list' | 'listOfAccount'>;
  readonly people: Pick<People, 'memberships'>;
  readonly offeredEnvironments: readonly Environment[];
}

const stateOf = ({ id, environment, pausedAt, disconnectedAt, lever, turn }: Connection) => ({
  id,
  environment,
  pausedAt,
  disconnectedAt,
  lever,
  turn,
});

const limit = z.int().min(1).max(200);

/** What members see of an account as a whole. */
export const createAccountProcedures = ({
  connections,
  auditLog,
  people,
  offeredEnvironments,
}: AccountPorts) =>
  router({
    /** The person's own role, and how the account's connections stand. */
    state: may('see connection state')
      .input(inAccount({}))
      .query(async ({ ctx: { person } }) => {
        const all = (await connections.ofAccount(person.accountId)).map(stateOf);
        const accounts = await people.memberships(person.id);
        const { accountName = '' } = accounts.find(({ accountId }) => accountId === person.accountId) ?? {};
        return {
          role: person.role,
          accountName,
          offeredEnvironments,
          /** The one that is not disconnected. */
          connection: all.find(({ disconnectedAt }) => disconnectedAt === null) ?? null,
          connections: all,
        };
      }),
    /** What was done with the account itself and its people. */
    auditLog: may('see audit log')
      .input(inAccount({ limit }))
      .query(({ ctx: { person }, input }) => auditLog.listOfAccount(person.accountId, input.limit)),
    /** What was done with a connection, its checks and deliveries. */
    connectionAuditLog: may('see audit log')
      .input(onConnection({ limit }))
      .query(async ({ ctx: { person }, input }) => {
        const connection = await connections.read(input.connectionId);
        if (connection?.accountId !== person.accountId)
          throw new TRPCError({ code: 'NOT_FOUND', message: 'not found' });
        return auditLog.list(input.connectionId, input.limit);
      }),
  });
