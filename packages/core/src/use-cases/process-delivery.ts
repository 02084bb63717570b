import type { Connection } from '../connection.ts';
import type { CheckId, DeliveryId } from '../ids.ts';
import { decideOrder, remainingWait } from '../ordering/decide-order.ts';
import type { OrderDecision, OrderFacts } from '../ordering/order-facts.ts';
import { orderNumberOf } from '../ordering/person-decisions.ts';
import { type CheckSubject, type Checks, type Decider, LeaseLostError } from '../ports/checks.ts';
import type { Connections } from '../ports/connections.ts';
import type { Inbox, LeasedDelivery, Settlement } from '../ports/inbox.ts';
import type { Incidents } from '../ports/incidents.ts';
import { PortError } from '../ports/port-error.ts';
import type { HoldReason, IgnoreReason } from '../reason.ts';
import { isStatusTag } from '../status/status-tag.ts';
import { mostAttempts, retryDelay } from '../times.ts';
import { type FactSources, gatherFacts, recountFacts } from './gather-facts.ts';
import type { createPlaceOrder } from './place-order.ts';

/** What processing a delivery needs. */
export interface ProcessDeliveryPorts extends FactSources {
  readonly inbox: FactSources['inbox'] & Pick<Inbox, 'take' | 'settle' | 'postpone'>;
  readonly checks: FactSources['checks'] & Pick<Checks, 'hold' | 'makeReady' | 'end'>;
  readonly connections: FactSources['connections'] & Pick<Connections, 'read' | 'saveHealth'>;
  readonly incidents: Pick<Incidents, 'raise'>;
  readonly placeOrder: ReturnType<typeof createPlaceOrder>;
  readonly jitter: () => number;
}

/** What became of a delivery, for the log. */
export type Processed =
  | { readonly kind: 'not-due' }
  | {
      readonly kind: 'settled';
      readonly leased: LeasedDelivery;
      readonly reason: Settlement['reason'];
      readonly checkId: CheckId | null;
    }
  | { readonly kind: 'postponed'; readonly leased: LeasedDelivery };

/**
 * Decides one due delivery on fresh facts and orders where that is due. Running it again after a crash at any point
 * leads to the same end. Passing faults put the delivery back; anything unexpected does too, and is thrown on.
 */
export const createProcessDelivery = (ports: ProcessDeliveryPorts) => {
  const { inbox, checks, connections, incidents, now, times } = ports;

  const postpone = async (leased: LeasedDelivery, retryAfter: number | null): Promise<Processed> => {
    const delay = retryDelay(leased.delivery.attempts, { jitter: ports.jitter(), retryAfter, times });
    await inbox.postpone(leased, now() + delay);
    return { kind: 'postponed', leased };
  };

  const settle = async (leased: LeasedDelivery, settlement: Settlement): Promise<Processed> => {
    await inbox.settle(leased, settlement);
    return { kind: 'settled', leased, reason: settlement.reason, checkId: settlement.checkId };
  };

  /** A person ended it while it was being decided: at once again, on facts that say so. */
  const decideAgain = async (leased: LeasedDelivery): Promise<Processed> => {
    await inbox.postpone(leased, now());
    return { kind: 'postponed', leased };
  };

  const hold = async (
    { leased, ...known }: Decider,
    subject: CheckSubject | null,
    decision: Pick<OrderDecision, 'trail' | 'enteredAt'> & {
      readonly reason: HoldReason;
      readonly details: readonly string[];
    },
  ): Promise<Processed> => {
    const { reason, details, trail, enteredAt } = decision;
    const check =
      subject === null
        ? null
        : await checks.hold(leased.delivery.connectionId, subject, reason, details, { leased, ...known });
    if (check?.phase === 'dismissed') return decideAgain(leased);
    return settle(leased, { reason, checkId: check?.id ?? null, trail, enteredAt });
  };

  /** Puts a delivery back, or holds its newest order once it was tried often enough. */
  const tryAgain = async (
    leased: LeasedDelivery,
    { cause, retryAfter }: { readonly cause: string; readonly retryAfter: number | null },
  ): Promise<Processed> => {
    const { attempts, connectionId, happening } = leased.delivery;
    if (attempts < mostAttempts) return postpone(leased, retryAfter);
    const { opportunityId } = happening;
    const existing = opportunityId === null ? null : await checks.newest(connectionId, opportunityId);
    return hold(deciderOf(leased, existing), subjectOf(leased, { reading: null, existing }), {
      reason: 'failed.exhausted',
      details: [cause],
      trail: [],
      enteredAt: null,
    });
  };

  const carryOut = async (
    leased: LeasedDelivery,
    facts: OrderFacts,
    decision: OrderDecision,
  ): Promise<Processed> => {
    const { connectionId, attempts } = leased.delivery;
    const { trail, enteredAt } = decision;
    const subject = subjectOf(leased, facts);
    const decider = deciderOf(leased, facts.existing);
    // Whoever is sending it may have lost this delivery to us while it stood still: should Turn not carry the order out, the
    // next try is ours.
    if (facts.existing?.phase === 'sending' && attempts < mostAttempts) return postpone(leased, null);
    if (decision.kind === 'ignore' || subject === null) {
      const reason = decision.kind === 'ignore' ? decision.reason : 'ignored.no_opportunity';
      const checkId = await endUndecided(leased, facts.existing, reason);
      return settle(leased, { reason, checkId, trail, enteredAt });
    }
    if (decision.kind === 'hold') {
      const mayPass = decision.reason === 'held.packages_unavailable' && attempts < mostAttempts;
      return mayPass ? postpone(leased, null) : hold(decider, subject, decision);
    }
    const wait = attempts === 0 ? remainingWait(facts, enteredAt, leased.delivery.receivedAt) : 0;
    if (wait > 0) {
      await inbox.postpone(leased, now() + wait);
      return { kind: 'postponed', leased };
    }
    const { invalidTags, request } = decision;
    const terms = { packageId: request.packageId, invalidTags };
    const check = await checks.makeReady(connectionId, subject, terms, decider);
    if (check.phase === 'dismissed') return decideAgain(leased);
    if (check.phase !== 'ready') {
      return settle(leased, { reason: 'ignored.already_ordered', checkId: check.id, trail, enteredAt });
    }
    const again = decideOrder(await recountFacts(ports, facts, check));
    if (again.kind === 'hold') return hold(decider, subject, again);
    const placement = await ports.placeOrder(check, request, leased);
    return placement.kind === 'try-again'
      ? tryAgain(leased, { cause: 'not carried out', retryAfter: placement.retryAfter })
      : settle(leased, { reason: placement.reason, checkId: check.id, trail, enteredAt });
  };

  /**
   * A held or ready order whose cause is gone is ended, so that Lever no longer shows it. Only the one that the decision
   * saw: another delivery may have held the candidate meanwhile, for a cause this decision knows nothing of.
   */
  const endUndecided = async (
    leased: LeasedDelivery,
    existing: OrderFacts['existing'],
    reason: IgnoreReason,
  ): Promise<CheckId | null> => {
    const { connectionId, happening } = leased.delivery;
    const { opportunityId } = happening;
    const check = opportunityId === null ? null : await checks.newest(connectionId, opportunityId);
    // Behind an order that was placed the newest may by now be the next one, which is not for this decision to end.
    const wasSeen = check !== null && check.orderNumber === existing?.orderNumber;
    if (wasSeen && reason !== 'ignored.already_ordered') await checks.end(connectionId, check.id, leased);
    return check?.id ?? null;
  };

  const work = async (leased: LeasedDelivery, connection: Connection): Promise<Processed> => {
    const facts = await gatherFacts(ports, connection, leased.delivery);
    return carryOut(leased, facts, decideOrder(facts));
  };

  const failed = async (
    leased: LeasedDelivery,
    connection: Connection,
    error: unknown,
  ): Promise<Processed> => {
    // Somebody else has it, or a person ended it.
    if (error instanceof LeaseLostError) return { kind: 'not-due' };
    if (!(error instanceof PortError)) {
      await tryAgain(leased, { cause: 'unexpected', retryAfter: null });
      throw error;
    }
    if (error.code === 'unauthorized') {
      const broken = await markBroken(connection, error);
      return work(leased, broken);
    }
    // Our own store refuses: an earlier connection to this Lever account placed the order.
    if (error.code === 'rejected' && error.vendor === null) {
      return settle(leased, { reason: 'ignored.already_ordered', checkId: null, trail: [], enteredAt: null });
    }
    return tryAgain(leased, { cause: error.code, retryAfter: error.retryAfter });
  };

  const markBroken = async (connection: Connection, error: PortError): Promise<Connection> => {
    const vendor = error.vendor ?? 'lever';
    // Told first: a connection that is known to be broken is not asked again.
    await incidents.raise(connection.id, `${vendor}-reconnect-needed`, connection.id);
    await connections.saveHealth(connection.id, vendor, 'reconnect-needed');
    return { ...connection, [vendor]: 'reconnect-needed' };
  };

  return async (deliveryId: DeliveryId): Promise<Processed> => {
    const leased = await inbox.take(deliveryId, times.deliveryLease);
    if (leased === null) return { kind: 'not-due' };
    const connection = await connections.read(leased.delivery.connectionId);
    if (connection === null || connection.disconnectedAt !== null) {
      return settle(leased, { reason: 'held.disconnected', checkId: null, trail: [], enteredAt: null });
    }
    try {
      return await work(leased, connection);
    } catch (error) {
      return failed(leased, connection, error);
    }
  };
};

/** The next order has a row of its own, which nobody dismissed. */
const deciderOf = (leased: LeasedDelivery, existing: OrderFacts['existing']): Decider => {
  const isSame =
    existing?.orderNumber === orderNumberOf({ existing, orderNumber: leased.delivery.orderNumber });
  return { leased, dismissedAt: isSame ? (existing?.dismissedAt ?? null) : null };
};

const subjectOf = (
  { delivery }: LeasedDelivery,
  { reading, existing }: Pick<OrderFacts, 'reading' | 'existing'>,
): CheckSubject | null => {
  const { opportunityId, contactId } = delivery.happening;
  if (opportunityId === null) return null;
  const opportunity = reading?.kind === 'found' ? reading.opportunity : null;
  return {
    opportunityId,
    contactId: opportunity?.contactId ?? contactId,
    orderNumber: orderNumberOf({ existing, orderNumber: delivery.orderNumber }),
    deliveryId: delivery.id,
    correlationId: delivery.correlationId,
    displayName: opportunity?.name ?? null,
    statusTags: opportunity?.tags.filter(isStatusTag) ?? null,
  };
};
