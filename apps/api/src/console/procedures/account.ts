import { TRPCError } from '@trpc/server';
import type { AuditLog } from '@turn-lever/core/ports/audit-log';
import type { Connections } from '@turn-lever/core/ports/connections';
import { z } from 'zod';
import { may, router } from '../access.ts';
import { inAccount, onConnection } from '../inputs.ts';

/** What the read procedures of an account need. */
export interface AccountPorts {
  readonly connections: Pick<Connections, 'ofAccount' | 'read'>;
  readonly auditLog: Pick<AuditLog, 'list' | 'listOfAccount'>;
}

const limit = z.int().min(1).max(200);

/** What members see of an account as a whole. */
export const createAccountProcedures = ({ connections, auditLog }: AccountPorts) =>
  router({
    /** The person's own role, and how the account's connections stand. */
    state: may('see connection state')
      .input(inAccount({}))
      .query(async ({ ctx: { person } }) => ({
        role: person.role,
        connections: (await connections.ofAccount(person.accountId)).map((connection) => ({
          id: connection.id,
          environment: connection.environment,
          pausedAt: connection.pausedAt,
          disconnectedAt: connection.disconnectedAt,
          lever: connection.lever,
          turn: connection.turn,
        })),
      })),
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
