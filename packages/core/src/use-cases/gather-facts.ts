import type { Check } from '../check.ts';
import type { Connection } from '../connection.ts';
import type { Delivery } from '../delivery.ts';
import type { Instant, OpportunityId } from '../ids.ts';
import { holdBeforeReading } from '../ordering/decide-order.ts';
import type { OpportunityReading } from '../ordering/opportunity.ts';
import type { OrderFacts } from '../ordering/order-facts.ts';
import { leavesUnexplained, needsPackageList, type PackageList } from '../ordering/package-choice.ts';
import { asksForNext } from '../ordering/person-decisions.ts';
import { resolveTriggerStage } from '../ordering/stage-rule.ts';
import type { Ats } from '../ports/ats.ts';
import type { CheckProvider } from '../ports/check-provider.ts';
import type { Checks } from '../ports/checks.ts';
import type { Connections } from '../ports/connections.ts';
import type { Inbox } from '../ports/inbox.ts';
import { PortError } from '../ports/port-error.ts';
import type { Times } from '../times.ts';

/** What gathering facts needs. */
export interface FactSources {
  readonly ats: Pick<Ats, 'readOpportunity' | 'listStages' | 'confirmAuthorization'>;
  readonly checkProvider: Pick<CheckProvider, 'listPackages'>;
  readonly checks: Pick<Checks, 'newest' | 'openElsewhere' | 'countOrdersSince'>;
  readonly connections: Pick<Connections, 'saveTriggerStage' | 'savePackages'>;
  readonly inbox: Pick<Inbox, 'turnedDownAt'>;
  readonly turnIsLocal: boolean;
  readonly times: Times;
  readonly now: () => Instant;
}

/**
 * Reads everything a decision looks at, and asks Lever nothing where ordering is impossible anyway. Throws `PortError`
 * of either vendor.
 */
export const gatherFacts = async (
  sources: FactSources,
  connection: Connection,
  delivery: Delivery,
): Promise<OrderFacts> => {
  const { checks, times, now } = sources;
  const { opportunityId } = delivery.happening;
  const existing = opportunityId === null ? null : await checks.newest(connection.id, opportunityId);
  const facts: OrderFacts = {
    now: now(),
    connection,
    turnIsLocal: sources.turnIsLocal,
    source: delivery.source,
    receivedAt: delivery.receivedAt,
    waivers: delivery.waivers,
    foundTogether: delivery.foundTogether,
    orderNumber: delivery.orderNumber,
    reading: null,
    existing,
    turnedDownAt: null,
    openElsewhere: [],
    packages: { kind: 'unavailable' },
    ordersInLastHour: 0,
  };
  if (opportunityId === null || holdBeforeReading(connection) !== null) return facts;
  await sources.ats.confirmAuthorization(connection.id, times.grantAge);
  const current = await withTriggerStage(sources, connection);
  const reading = await sources.ats.readOpportunity(connection.id, opportunityId);
  const contactId = reading.kind === 'found' ? reading.opportunity.contactId : null;
  return {
    ...facts,
    now: now(),
    connection: current,
    turnedDownAt: await readTurnedDown(sources, delivery, opportunityId),
    reading,
    packages: await readPackages(sources, current, reading),
    openElsewhere:
      contactId === null ? [] : await checks.openElsewhere(connection.id, contactId, opportunityId),
    ordersInLastHour: await checks.countOrdersSince(
      connection.id,
      now() - times.orderWindow,
      existing === null || asksForNext(facts) ? null : existing.id,
    ),
  };
};

/**
 * What was received before that time and is due since was reopened by a person: who ended something ended all that
 * waited then, and would have been refused while any of it was being decided.
 */
const readTurnedDown = async (
  { inbox }: Pick<FactSources, 'inbox'>,
  { connectionId, receivedAt, dueAt }: Delivery,
  opportunityId: OpportunityId,
): Promise<Instant | null> => {
  const at = await inbox.turnedDownAt(connectionId, opportunityId);
  const isReopened = at !== null && receivedAt < at && dueAt !== null && dueAt > at;
  return isReopened ? null : at;
};

/**
 * Counts again what others may have changed meanwhile, once an order's own row is there for everybody to see: of two who
 * decided at the same time at least one sees the other.
 */
export const recountFacts = async (
  { checks, times, now }: Pick<FactSources, 'checks' | 'times' | 'now'>,
  facts: OrderFacts,
  check: Check,
): Promise<OrderFacts> => {
  const { connectionId, contactId, opportunityId } = check;
  return {
    ...facts,
    openElsewhere:
      contactId === null ? [] : await checks.openElsewhere(connectionId, contactId, opportunityId),
    ordersInLastHour: await checks.countOrdersSince(connectionId, now() - times.orderWindow, check.id),
  };
};

const withTriggerStage = async (sources: FactSources, connection: Connection): Promise<Connection> => {
  if (connection.triggerStage.kind === 'resolved') return connection;
  const triggerStage = resolveTriggerStage(
    connection.triggerStage,
    await sources.ats.listStages(connection.id),
  );
  await sources.connections.saveTriggerStage(connection.id, triggerStage, connection.settingsRevision);
  return { ...connection, triggerStage };
};

/** The kept list serves while it is fresh or explains every tag; a list that cannot be read is better old than none. */
const readPackages = async (
  sources: FactSources,
  connection: Connection,
  reading: OpportunityReading,
): Promise<PackageList> => {
  const { times, now } = sources;
  const kept = connection.packages;
  const keptList: PackageList =
    kept === null
      ? { kind: 'unavailable' }
      : kept.packages === null
        ? { kind: 'not-offered' }
        : { kind: 'listed', packages: kept.packages };
  const tags = reading.kind === 'found' ? reading.opportunity.tags : [];
  const question = { tags, packages: keptList, defaultPackageId: connection.settings.defaultPackageId };
  const isDoubtful =
    kept === null || (leavesUnexplained(question) && now() - kept.readAt > times.packageListAge);
  if (!needsPackageList(question) || !isDoubtful) return keptList;
  try {
    const listing = await sources.checkProvider.listPackages(connection.id);
    const packages = listing.kind === 'listed' ? listing.packages : null;
    await sources.connections.savePackages(connection.id, { packages, readAt: now() });
    return listing;
  } catch (error) {
    // A dead token is for the caller to handle; an outage leaves the tag undecided, never the default package.
    if (error instanceof PortError && error.code !== 'unauthorized') return { kind: 'unavailable' };
    throw error;
  }
};
