import type { NewDelivery } from '../../delivery.ts';
import type { ConnectionId, ContactId, CorrelationId, Instant, OpportunityId } from '../../ids.ts';
import type { Action } from '../../permission.ts';
import type { Inbox } from '../../ports/inbox.ts';

/** What a person wants decided about an opportunity. */
export interface Wish extends Pick<NewDelivery, 'waivers' | 'orderNumber' | 'ignored'> {
  readonly action: Action;
  /** Makes the same wish of two people one: what it is about and the state it was seen in. */
  readonly about: string;
  readonly opportunityId: OpportunityId;
  readonly contactId: ContactId | null;
  /** When what it is about happened. */
  readonly triggeredAt: Instant;
}

/** Hands a wish in; false where the same one is there already. */
export type HandIn = (connectionId: ConnectionId, wish: Wish) => Promise<boolean>;

/** Makes what turns a person's wish into a delivery, due at once or settled with `ignored`. Throws `PortError`. */
export const createHandIn =
  (ports: {
    readonly inbox: Pick<Inbox, 'receive'>;
    readonly newCorrelationId: () => CorrelationId;
    readonly now: () => Instant;
  }): HandIn =>
  async (connectionId, { action, about, opportunityId, contactId, triggeredAt, ...wish }) => {
    const key = `person:${action}:${about}`;
    const receivedAt = ports.now();
    const receipt = await ports.inbox.receive({
      connectionId,
      source: 'person',
      key,
      contentDigest: key,
      happening: { event: action, opportunityId, contactId, toStageId: null, triggeredAt },
      correlationId: ports.newCorrelationId(),
      receivedAt,
      dueAt: wish.ignored === null ? receivedAt : null,
      foundTogether: 1,
      ...wish,
    });
    return receipt !== 'duplicate';
  };
