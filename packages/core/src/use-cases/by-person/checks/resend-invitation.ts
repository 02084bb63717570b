import type { CheckId, ConnectionId } from '../../../ids.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { CheckProvider } from '../../../ports/check-provider.ts';
import type { Checks } from '../../../ports/checks.ts';
import { PortError } from '../../../ports/port-error.ts';
import { done, type Outcome, type Perform, tooLate } from '../perform.ts';
import { describeCheck } from './describe-check.ts';

/**
 * Has Turn invite the candidate again. `too-late` also where Turn says that the invitation was accepted or never sent.
 * Throws any other `PortError` of Turn.
 */
export const createResendInvitation =
  (ports: {
    readonly perform: Perform;
    readonly checks: Pick<Checks, 'read'>;
    readonly checkProvider: Pick<CheckProvider, 'resendInvitation'>;
  }) =>
  (person: Person, connectionId: ConnectionId, checkId: CheckId): Promise<Outcome<null>> =>
    ports.perform(person, connectionId, 'resend invitation', checkId, async () => {
      const check = await ports.checks.read(connectionId, checkId);
      if (check === null) return null;
      return {
        before: describeCheck(check),
        after: { turnId: check.turnId },
        act: async () => {
          if (check.turnId === null) return tooLate;
          try {
            await ports.checkProvider.resendInvitation(connectionId, check.turnId);
            return done;
          } catch (error) {
            if (error instanceof PortError && (error.code === 'rejected' || error.code === 'not-found'))
              return tooLate;
            throw error;
          }
        },
      };
    });
