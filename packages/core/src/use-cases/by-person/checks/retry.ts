import type { CheckId, ConnectionId } from '../../../ids.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { Checks } from '../../../ports/checks.ts';
import type { Inbox } from '../../../ports/inbox.ts';
import { done, type Outcome, type Perform, tooLate } from '../perform.ts';
import { describeCheck } from './describe-check.ts';

/** Has a held check decided again, on fresh facts. Throws `PortError` `unavailable`. */
export const createRetry =
  (ports: {
    readonly perform: Perform;
    readonly checks: Pick<Checks, 'read'>;
    readonly inbox: Pick<Inbox, 'reopen'>;
  }) =>
  (person: Person, connectionId: ConnectionId, checkId: CheckId): Promise<Outcome<null>> =>
    ports.perform(person, connectionId, 'retry', checkId, async () => {
      const check = await ports.checks.read(connectionId, checkId);
      if (check === null) return null;
      return {
        before: describeCheck(check),
        after: { deliveryId: check.deliveryId },
        act: async () => {
          if (check.phase !== 'held' || check.deliveryId === null) return tooLate;
          return (await ports.inbox.reopen(connectionId, check.deliveryId)) ? done : tooLate;
        },
      };
    });
