import type { ContactId, OpportunityId, StageId } from '../src/ids.ts';
import type { Opportunity } from '../src/ordering/opportunity.ts';
import type { OrderFacts } from '../src/ordering/order-facts.ts';
import { aConnection } from './a-connection.ts';

/** Noon of 2026-11-23 UTC, in ms. */
export const noon: number = Date.UTC(2026, 10, 23, 12);

const stage = 'stage-reference-check' as StageId;

/** A candidate who entered the trigger stage half a minute before noon, with all that an order needs. */
export const aCandidate = (given: Partial<Opportunity> = {}): Opportunity => ({
  id: 'opportunity-1' as OpportunityId,
  contactId: 'contact-1' as ContactId,
  name: 'Ada Example',
  emails: ['ada@example.com'],
  phones: [],
  tags: ['Engineering'],
  stageId: stage,
  stageChanges: [
    { toStageId: 'lead-new' as StageId, at: noon - 3_600_000 },
    { toStageId: stage, at: noon - 30_000 },
  ],
  isArchived: false,
  isAnonymised: false,
  mayBeContacted: true,
  createdAt: noon - 3_600_000,
  lastAdvancedAt: noon - 30_000,
  profileUrl: null,
  ...given,
});

/** Facts under which an order is due. A test changes one thing. */
export const orderFacts = (
  given: Partial<OrderFacts> & { readonly candidate?: Partial<Opportunity> } = {},
): OrderFacts => {
  const { candidate, ...facts } = given;
  return {
    now: noon,
    connection: aConnection(),
    turnIsLocal: true,
    source: 'webhook',
    receivedAt: noon,
    waivers: [],
    foundTogether: 1,
    orderNumber: null,
    reading: { kind: 'found', opportunity: aCandidate(candidate) },
    existing: null,
    turnedDownAt: null,
    openElsewhere: [],
    packages: { kind: 'not-offered' },
    ordersInLastHour: 0,
    ...facts,
  };
};
