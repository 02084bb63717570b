import type { Check } from '../../check.ts';
import type { ConnectionId, OpportunityId } from '../../ids.ts';
import type { Checks } from '../../ports/checks.ts';

/**
 * Dismisses the newest check of an opportunity where it is held or ready, after what waited for it was ended. `placed`:
 * its order is on its way, or was placed since `before` was read. Throws `PortError` `unavailable`.
 */
export const endCheck = async (
  checks: Pick<Checks, 'newest' | 'dismiss'>,
  connectionId: ConnectionId,
  opportunityId: OpportunityId,
  before: Check | null,
): Promise<'ended' | 'placed' | 'nothing'> => {
  const check = await checks.newest(connectionId, opportunityId);
  if (check === null) return 'nothing';
  if (await checks.dismiss(connectionId, check.id)) return 'ended';
  const { phase } = (await checks.newest(connectionId, opportunityId)) ?? check;
  const wasPlaced = before?.id === check.id && (before.phase === 'ordered' || before.phase === 'unknown');
  return phase === 'dismissed' || wasPlaced ? 'nothing' : 'placed';
};
