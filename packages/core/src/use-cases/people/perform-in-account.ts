import type { AccountId } from '../../ids.ts';
import { can } from '../../permission.ts';
import type { AuditEntry, AuditLog, AuditOutcome, Person } from '../../ports/audit-log.ts';

/** What is changed about an account's people. */
export interface PeopleChange<End extends { readonly kind: string }>
  extends Pick<AuditEntry, 'before' | 'after'> {
  readonly subject: string;
  /** Kinds of ends at which nothing was done. */
  readonly withoutEffect: readonly Exclude<End['kind'], 'done'>[];
  readonly act: (accountId: AccountId) => Promise<End>;
}

/** Runs one change of an account's people for a person of that account. */
export type PerformInAccount = <End extends { readonly kind: string }>(
  person: Person,
  change: PeopleChange<End>,
) => Promise<End | { readonly kind: 'forbidden' }>;

/**
 * Makes the one way in which the people of an account are changed: asks `can`, writes the audit entry before anything is
 * done, and another where nothing was done or it broke off. Throws `PortError` as the port does; `unavailable` where the
 * entry cannot be written: then nothing was done.
 */
export const createPerformInAccount =
  (ports: { readonly auditLog: Pick<AuditLog, 'appendOfAccount'> }): PerformInAccount =>
  async (person, { subject, before, after, withoutEffect, act }) => {
    if (!can(person.role, 'manage people')) return { kind: 'forbidden' };
    const { id: personId, role, accountId } = person;
    const record = (outcome: AuditOutcome) =>
      ports.auditLog.appendOfAccount(accountId, {
        personId,
        role,
        action: 'manage people',
        subject,
        outcome,
        before,
        after,
      });
    await record('begun');
    try {
      const end = await act(accountId);
      if ((withoutEffect as readonly string[]).includes(end.kind)) await record('no-effect');
      return end;
    } catch (error) {
      // What broke the act matters more than that this cannot be written either.
      await record('failed').catch(() => {});
      throw error;
    }
  };
