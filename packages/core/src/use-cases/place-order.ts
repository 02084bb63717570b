import type { Check } from '../check.ts';
import type { Instant } from '../ids.ts';
import type { OrderRequest } from '../ordering/order-facts.ts';
import type { CheckProvider } from '../ports/check-provider.ts';
import type { Checks } from '../ports/checks.ts';
import type { Connections } from '../ports/connections.ts';
import type { LeasedDelivery } from '../ports/inbox.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { ReasonCode } from '../reason.ts';
import type { Times } from '../times.ts';

/** How placing an order ended: decided for good, or to be tried again. */
export type Placement =
  | { readonly kind: 'settled'; readonly reason: ReasonCode }
  | { readonly kind: 'try-again'; readonly retryAfter: number | null };

/**
 * Places one order: looks it up at Turn first, claims it, posts it once. A lost answer leaves the check `unknown`, to be
 * looked up and never posted again. Nothing is posted for a delivery that is no longer leased so. Throws `PortError` only
 * before the claim.
 */
export const createPlaceOrder =
  (ports: {
    readonly checkProvider: Pick<CheckProvider, 'findByReference' | 'order'>;
    readonly checks: Pick<
      Checks,
      'read' | 'claim' | 'release' | 'refuse' | 'recordOrdered' | 'recordUnknown'
    >;
    readonly connections: Pick<Connections, 'saveHealth'>;
    readonly incidents: Pick<Incidents, 'raise'>;
    readonly now: () => Instant;
    readonly times: Pick<Times, 'lookUps'>;
  }) =>
  async (check: Check, request: OrderRequest, leased?: LeasedDelivery): Promise<Placement> => {
    const { checkProvider, checks, connections, incidents, now, times } = ports;
    const { connectionId } = check;
    const settled = (reason: ReasonCode): Placement => ({ kind: 'settled', reason });

    const found = await checkProvider.findByReference(connectionId, check.referenceId);
    if (found !== null) {
      const before = await checks.read(connectionId, check.id);
      // Whoever claims it does so before posting: where nobody has, nothing here knew of the order. Told first: once it is
      // recorded nobody comes here again.
      if (before?.phase === 'ready') await incidents.raise(connectionId, 'check-adopted', check.id);
      await checks.recordOrdered(connectionId, check.id, found.workerId, 'adopted');
      return settled('ordered');
    }
    const lookUpAfter = times.lookUps[0] ?? 0;
    if (!(await checks.claim(connectionId, check.id, lookUpAfter, leased))) {
      const phase = (await checks.read(connectionId, check.id))?.phase;
      // Lost to an order, or to a decision in between that held or ended the row, which says nothing about this one.
      return phase === 'ready' || phase === 'held' || phase === 'dismissed'
        ? { kind: 'try-again', retryAfter: null }
        : settled('ignored.already_ordered');
    }

    const outcome = await checkProvider.order(connectionId, check.referenceId, request);
    switch (outcome.kind) {
      case 'accepted':
        await checks.recordOrdered(connectionId, check.id, outcome.workerId, 'posted');
        return settled('ordered');
      case 'refused':
        await checks.refuse(connectionId, check.id, {
          reason: 'held.turn_rejected',
          details: outcome.fields,
        });
        return settled('held.turn_rejected');
      case 'not-carried-out':
        await checks.release(connectionId, check.id);
        return { kind: 'try-again', retryAfter: outcome.retryAfter };
      case 'unauthorized':
        await checks.refuse(connectionId, check.id, { reason: 'held.disconnected', details: ['turn'] });
        await incidents.raise(connectionId, 'turn-reconnect-needed', connectionId);
        await connections.saveHealth(connectionId, 'turn', 'reconnect-needed');
        return settled('held.disconnected');
      case 'unknown':
        await checks.recordUnknown(connectionId, check.id, {
          lookedUp: false,
          nextSyncAt: now() + lookUpAfter,
        });
        return settled('waiting.answer');
    }
  };
