import type { Drizzle } from '../database.ts';
import { credential } from '../schema/people/credential.ts';

/** Keeps the hash of a person's password in the place of any other, the way better-auth reads it. */
export const savePassword = async (tx: Drizzle, personId: string, passwordHash: string): Promise<void> => {
  await tx
    .insert(credential)
    .values({ personId, accountId: personId, providerId: 'credential', password: passwordHash })
    .onConflictDoUpdate({
      target: credential.personId,
      set: { password: passwordHash, updatedAt: new Date() },
    });
};
