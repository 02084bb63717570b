import { createHash } from 'node:crypto';
import type { AuthorizationRequests } from '@turn-lever/core/ports/authorization-requests';
import { and, eq, lte, or } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Database } from '../database.ts';
import { authorizationRequest } from '../schema/authorization-request.ts';
import { connection } from '../schema/connection.ts';
import { session } from '../schema/people/session.ts';
import type { Sealing } from '../seal.ts';

// Plain SHA-256 is enough for 256 random bits.
const hashOf = (state: string): string => createHash('sha256').update(state).digest('hex');
const column = 'code_verifier';

/** Who is on the way to Lever, in its table, the verifier sealed. */
export const createAuthorizationRequests = (
  { db }: Pick<Database, 'db'>,
  { sealing }: { readonly sealing: Sealing },
): AuthorizationRequests => ({
  begin: (state, { codeVerifier, ...request }, now) =>
    atPort(async () => {
      const { sessionId, personId, connectionId } = request;
      const codeVerifierSealed = await sealing.seal(codeVerifier, { connectionId, column });
      return db.transaction(async (tx) => {
        // Held, so that neither ends before the request stands there to be deleted with it.
        const sessions = await tx
          .select({ id: session.id })
          .from(session)
          .where(and(eq(session.id, sessionId), eq(session.personId, personId)))
          .for('share');
        const connections = await tx
          .select({ id: connection.id })
          .from(connection)
          .where(eq(connection.id, connectionId))
          .for('share');
        if (sessions.length === 0 || connections.length === 0) return false;
        const isReplaced = and(
          eq(authorizationRequest.sessionId, sessionId),
          eq(authorizationRequest.connectionId, connectionId),
        );
        await tx.delete(authorizationRequest).where(or(isReplaced, lte(authorizationRequest.expiresAt, now)));
        await tx
          .insert(authorizationRequest)
          .values({ ...request, stateHash: hashOf(state), codeVerifierSealed });
        return true;
      });
    }),

  take: (state, now) =>
    atPort(async () => {
      const [row] = await db
        .delete(authorizationRequest)
        .where(eq(authorizationRequest.stateHash, hashOf(state)))
        .returning();
      if (row === undefined || row.expiresAt <= now) return null;
      const { id: _, stateHash: __, codeVerifierSealed, ...request } = row;
      const { connectionId } = request;
      const codeVerifier = await sealing.unseal(codeVerifierSealed, { connectionId, column });
      return { ...request, codeVerifier };
    }),
});
