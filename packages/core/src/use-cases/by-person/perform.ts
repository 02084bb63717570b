import type { Connection } from '../../connection.ts';
import type { ConnectionId } from '../../ids.ts';
import { type Action, can } from '../../permission.ts';
import type { AuditEntry, AuditLog, AuditOutcome, Person } from '../../ports/audit-log.ts';
import type { Connections } from '../../ports/connections.ts';

/** `too-late`: somebody was first, or things have moved on; nothing was done. */
export type Act<Result> =
  | {
      readonly kind: 'done';
      readonly result: Result;
      /** Given where the result says that nothing was done. */
      readonly hadEffect?: false;
    }
  | { readonly kind: 'too-late' };

/**
 * How what a person asked for ended. `not-found`: the connection is not of the person's account, or has nothing of that
 * id, which is not told apart.
 */
export type Outcome<Result> = Act<Result> | { readonly kind: 'forbidden' } | { readonly kind: 'not-found' };

/** What is about to be done: for the audit log, and the doing itself. */
export type Plan<Result> = Pick<AuditEntry, 'before' | 'after'> & {
  readonly act: () => Promise<Act<Result>>;
};

/** Runs one use case for a person. */
export type Perform = <Result>(
  person: Person,
  connectionId: ConnectionId,
  action: Action,
  subject: string,
  prepare: (connection: Connection) => Promise<Plan<Result> | null>,
) => Promise<Outcome<Result>>;

/** Nothing was done. */
export const tooLate: { readonly kind: 'too-late' } = { kind: 'too-late' };

/** Done, with nothing more to say. */
export const done: { readonly kind: 'done'; readonly result: null } = { kind: 'done', result: null };

/**
 * Makes the one way in which people change something. Asks `can` first, then whether the connection is of the person's
 * account; only then `prepare` looks at things, and answers null for what is not there. The audit entry is written before
 * anything is done, so that no effect is without one. A disconnected connection is always `too-late`. Throws `PortError`
 * as the use case does, `unavailable` where the entry cannot be written: then nothing was done.
 */
export const createPerform =
  (ports: {
    readonly connections: Pick<Connections, 'read'>;
    readonly auditLog: Pick<AuditLog, 'append'>;
  }): Perform =>
  async (person, connectionId, action, subject, prepare) => {
    if (!can(person.role, action)) return { kind: 'forbidden' };
    const connection = await ports.connections.read(connectionId);
    if (connection === null || connection.accountId !== person.accountId) return { kind: 'not-found' };
    if (connection.disconnectedAt !== null) return tooLate;
    const plan = await prepare(connection);
    if (plan === null) return { kind: 'not-found' };

    const { before, after, act } = plan;
    const { id: personId, role } = person;
    const record = (outcome: AuditOutcome) =>
      ports.auditLog.append(connectionId, { personId, role, action, subject, outcome, before, after });
    await record('begun');
    try {
      const end = await act();
      if (end.kind === 'too-late' || end.hadEffect === false) await record('no-effect');
      return end;
    } catch (error) {
      // What broke the act matters more than that this cannot be written either.
      await record('failed').catch(() => {});
      throw error;
    }
  };
