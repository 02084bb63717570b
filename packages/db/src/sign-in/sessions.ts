import { and, desc, eq, gt, lte, ne, sql } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Database } from '../database.ts';
import { credential } from '../schema/people/credential.ts';
import { session } from '../schema/people/session.ts';
import { savePassword } from './save-password.ts';

/** One sign-in of a person that goes on. */
export interface OwnSession {
  readonly id: string;
  readonly startedAt: number;
  readonly lastUsedAt: number;
}

/** A person's own sessions and password. Throws `PortError` `unavailable`. */
export interface Sessions {
  /** The newest first. */
  list(personId: string): Promise<readonly OwnSession[]>;
  /** Ends one; false where the person has none of that id. */
  end(personId: string, sessionId: string): Promise<boolean>;
  /** Ends all but one; how many. */
  endOthers(personId: string, sessionId: string): Promise<number>;
  /** Erases everybody's that are over by idleness. */
  forgetOver(): Promise<void>;
  /** Notes that the password was given again. */
  confirm(personId: string, sessionId: string, at: number): Promise<void>;
  /** The hash of a person's password; null: none. */
  passwordHash(personId: string): Promise<string | null>;
  /** Keeps a new password and ends all sessions but one, at once or not at all. */
  changePassword(personId: string, passwordHash: string, sessionId: string): Promise<void>;
}

/** Sessions in the table that better-auth writes. */
export const createSessions = ({ db }: Pick<Database, 'db'>): Sessions => {
  const own = (personId: string, sessionId: string) =>
    and(eq(session.personId, personId), eq(session.id, sessionId));
  const others = (personId: string, sessionId: string) =>
    and(eq(session.personId, personId), ne(session.id, sessionId));
  return {
    list: (personId) =>
      atPort(async () => {
        const rows = await db
          .select()
          .from(session)
          .where(and(eq(session.personId, personId), gt(session.expiresAt, sql`now()`)))
          .orderBy(desc(session.createdAt));
        return rows.map(({ id, createdAt, updatedAt }) => ({
          id,
          startedAt: createdAt.getTime(),
          lastUsedAt: updatedAt.getTime(),
        }));
      }),
    end: (personId, sessionId) =>
      atPort(async () => {
        const ended = await db.delete(session).where(own(personId, sessionId)).returning({ id: session.id });
        return ended.length > 0;
      }),
    endOthers: (personId, sessionId) =>
      atPort(async () => {
        const where = others(personId, sessionId);
        return (await db.delete(session).where(where).returning({ id: session.id })).length;
      }),
    forgetOver: () =>
      atPort(async () => {
        await db.delete(session).where(lte(session.expiresAt, sql`now()`));
      }),
    confirm: (personId, sessionId, at) =>
      atPort(async () => {
        await db
          .update(session)
          .set({ confirmedAt: new Date(at) })
          .where(own(personId, sessionId));
      }),
    passwordHash: (personId) =>
      atPort(async () => {
        const [row] = await db
          .select({ password: credential.password })
          .from(credential)
          .where(eq(credential.personId, personId));
        return row?.password ?? null;
      }),
    changePassword: (personId, passwordHash, sessionId) =>
      atPort(() =>
        db.transaction(async (tx) => {
          await savePassword(tx, personId, passwordHash);
          await tx.delete(session).where(others(personId, sessionId));
        }),
      ),
  };
};
