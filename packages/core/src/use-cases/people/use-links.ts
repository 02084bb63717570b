import type { Environment } from '../../connection.ts';
import type { Instant } from '../../ids.ts';
import { linkLasts } from '../../people.ts';
import type { AuditLog, LinkAct } from '../../ports/audit-log.ts';
import type { JoinEnd, Joining, LinkUse, People } from '../../ports/people.ts';

/**
 * What the bearers of one-time links do. Their entry in the audit log comes after it, when it is known who they are.
 * Throws `PortError` `unavailable`.
 */
export const createUseLinks = (ports: {
  readonly people: People;
  readonly auditLog: Pick<AuditLog, 'appendOfAccount'>;
  /** What the connection of a first account begins with; it may be chosen anew until Lever is authorized. */
  readonly environment: Environment;
  readonly now: () => Instant;
}) => {
  const { people, auditLog, environment, now } = ports;
  const record = ({ accountId, personId, role }: LinkUse, action: LinkAct) =>
    auditLog.appendOfAccount(accountId, {
      personId,
      role,
      action,
      subject: personId,
      outcome: 'begun',
      before: {},
      after: { role },
    });

  return {
    /** What a link is for; null where it does not work. */
    read: (token: string) => people.readLink(token, now()),

    /** The token of a link that makes the first account; null where there is one. Ends an earlier one. */
    makeSetUpLink: async (): Promise<string | null> => {
      const at = now();
      const made = await people.makeLink({ purpose: 'set-up' }, at + linkLasts['set-up'], at);
      return made.kind === 'made' ? made.token : null;
    },

    /** Makes the first account with its Super Admin; null where the link does not work. */
    setUp: async (
      token: string,
      given: Omit<Parameters<People['setUp']>[1], 'environment'>,
    ): Promise<LinkUse | null> => {
      const use = await people.setUp(token, { ...given, environment }, now());
      if (use !== null) await record(use, 'set up');
      return use;
    },

    /** Accepts an invitation. */
    join: async (token: string, joining: Joining): Promise<JoinEnd> => {
      const end = await people.join(token, joining, now());
      if (end.kind === 'joined') await record(end, 'accept invitation');
      return end;
    },

    /** Sets a new password and ends all sessions; null where the link does not work. */
    setPassword: async (token: string, passwordHash: string): Promise<LinkUse | null> => {
      const use = await people.setPassword(token, passwordHash, now());
      if (use !== null) await record(use, 'set password');
      return use;
    },
  };
};

/** What is done with one-time links. */
export type UseLinks = ReturnType<typeof createUseLinks>;
