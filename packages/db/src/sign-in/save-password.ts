import { and, eq, isNull } from 'drizzle-orm';
import type { Drizzle } from '../database.ts';
import { credential } from '../schema/people/credential.ts';
import { oneTimeLink } from '../schema/people/one-time-link.ts';

/**
 * Keeps the hash of a person's password in the place of any other, the way better-auth reads it. Open links by which
 * somebody could choose yet another one end.
 */
export const savePassword = async (tx: Drizzle, personId: string, passwordHash: string): Promise<void> => {
  await tx
    .insert(credential)
    .values({ personId, accountId: personId, providerId: 'credential', password: passwordHash })
    .onConflictDoUpdate({
      target: credential.personId,
      set: { password: passwordHash, updatedAt: new Date() },
    });
  await tx.delete(oneTimeLink).where(and(eq(oneTimeLink.personId, personId), isNull(oneTimeLink.usedAt)));
};
