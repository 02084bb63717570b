import type { Check } from '../../../check.ts';
import type { CheckId, ConnectionId } from '../../../ids.ts';
import type { Action } from '../../../permission.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { Checks } from '../../../ports/checks.ts';
import type { Inbox } from '../../../ports/inbox.ts';
import { done, type Outcome, type Perform, tooLate } from '../perform.ts';
import { describeCheck } from './describe-check.ts';

/** What may be dismissed, and who may. */
interface Dismissing {
  readonly action: Extract<Action, 'dismiss' | 'order retroactively'>;
  readonly fits: (check: Check) => boolean;
}

const createDismissing =
  (dismissing: Dismissing) =>
  (ports: {
    readonly perform: Perform;
    readonly checks: Pick<Checks, 'read' | 'dismiss'>;
    readonly inbox: Pick<Inbox, 'cancelAll'>;
  }) =>
  (person: Person, connectionId: ConnectionId, checkId: CheckId): Promise<Outcome<null>> =>
    ports.perform(person, connectionId, dismissing.action, checkId, async () => {
      const check = await ports.checks.read(connectionId, checkId);
      if (check === null) return null;
      return {
        before: describeCheck(check),
        after: { phase: 'dismissed' },
        act: async () => {
          if (!dismissing.fits(check)) return tooLate;
          // What a person asked for before, a retry, a late webhook: none of it may order what was dismissed.
          const ended = await ports.inbox.cancelAll(connectionId, check.opportunityId);
          if (ended === null) return tooLate;
          return (await ports.checks.dismiss(connectionId, checkId)) ? done : tooLate;
        },
      };
    });

/** Ends a held check without an order, and what waits for it. Too late while it is being decided. Throws `PortError` `unavailable`. */
export const createDismiss = createDismissing({ action: 'dismiss', fits: ({ phase }) => phase === 'held' });

/** Discards a check of the backlog, as `createDismiss` ends one. Throws `PortError` `unavailable`. */
export const createDiscardBacklog = createDismissing({
  action: 'order retroactively',
  fits: ({ hold }) => hold?.reason === 'held.backlog',
});
