import type { AccountId, Instant } from '../../ids.ts';
import { linkLasts, toEmail } from '../../people.ts';
import type { AuditLog } from '../../ports/audit-log.ts';
import type { LinkGrant, LinkRefusal, People } from '../../ports/people.ts';

/** How the way back into an account was made. `page`: where the token belongs. */
export type OperatorLink =
  | {
      readonly kind: 'made';
      readonly page: 'invitation' | 'password';
      readonly token: string;
      readonly expiresAt: Instant;
    }
  | { readonly kind: 'refused'; readonly why: LinkRefusal };

/**
 * A way into an account for whoever runs the program, when nobody else can make one: a new password for a member, an
 * invitation as Super Admin for anybody else. It stands in the account's audit log before it is made, without an address.
 * Throws `PortError` `unavailable`.
 */
export const createInviteAsOperator =
  (ports: {
    readonly people: Pick<People, 'list' | 'makeLink'>;
    readonly auditLog: Pick<AuditLog, 'appendOfAccount'>;
    readonly now: () => Instant;
  }) =>
  async (accountId: AccountId, address: string): Promise<OperatorLink> => {
    const { people, auditLog, now } = ports;
    const email = toEmail(address);
    const member = (await people.list(accountId)).find((one) => one.email === email);
    const role = member?.role ?? 'super-admin';
    const grant: LinkGrant =
      member === undefined
        ? { purpose: 'invitation', accountId, email, role }
        : { purpose: 'recovery', accountId, personId: member.personId };
    await auditLog.appendOfAccount(accountId, {
      personId: 'operator',
      role: 'super-admin',
      action: 'make link as operator',
      subject: member?.personId ?? 'invitation',
      outcome: 'begun',
      before: {},
      after: { role },
    });
    const at = now();
    const expiresAt = at + linkLasts[grant.purpose];
    const made = await people.makeLink(grant, expiresAt, at);
    if (made.kind === 'refused') return made;
    return {
      kind: 'made',
      page: member === undefined ? 'invitation' : 'password',
      token: made.token,
      expiresAt,
    };
  };
