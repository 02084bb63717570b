import type { Check } from '../check.ts';
import type { Connection } from '../connection.ts';
import type { ConnectionId, CorrelationId, Instant } from '../ids.ts';
import type { Opportunity } from '../ordering/opportunity.ts';
import { isCauseGone, mayOrderAgain } from '../ordering/person-decisions.ts';
import { resolveTriggerStage, standingTowards } from '../ordering/stage-rule.ts';
import type { Ats } from '../ports/ats.ts';
import type { CheckProvider } from '../ports/check-provider.ts';
import type { Checks } from '../ports/checks.ts';
import type { Connections } from '../ports/connections.ts';
import type { Inbox, StageEntry } from '../ports/inbox.ts';
import type { Incidents } from '../ports/incidents.ts';
import { PortError } from '../ports/port-error.ts';
import { isOutage } from '../reason.ts';
import { isOver } from '../status/check-status.ts';
import { openStatusTags } from '../status/status-tag.ts';
import type { Times } from '../times.ts';
import { createAdoptOrders } from './adopt-orders.ts';

/** What a sweep needs. */
export interface SweepPorts {
  readonly ats: Pick<Ats, 'confirmAuthorization' | 'listStages' | 'listEntered' | 'listTagged'>;
  readonly checkProvider: Pick<CheckProvider, 'findByReference' | 'readAccountName'>;
  readonly checks: Pick<Checks, 'listHeld' | 'known' | 'newest' | 'makeReady' | 'recordOrdered'>;
  readonly connections: Pick<Connections, 'read' | 'saveTriggerStage' | 'saveHealth'>;
  readonly inbox: Pick<Inbox, 'receive' | 'reopen' | 'undecided'>;
  readonly incidents: Pick<Incidents, 'raise' | 'resolve'>;
  readonly newCorrelationId: () => CorrelationId;
  readonly now: () => Instant;
  readonly times: Pick<Times, 'sweepGrace'>;
}

/** What a sweep found, for the log. */
export interface SweepFindings {
  readonly missed: number;
  readonly reopened: number;
  readonly adopted: number;
}

const nothing: SweepFindings = { missed: 0, reopened: 0, adopted: 0 };

/** Does something for each, also where it fails for one; throws the first failure at the end. */
const forEach = async <Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = [];
  const failures: unknown[] = [];
  for (const item of items) {
    try {
      results.push(await act(item));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return results;
};

/**
 * Whether a backup may have forgotten an order of an opportunity of which it knows others: an open check is the newest,
 * since nobody orders again before it has its result.
 */
const mayLackOrders = (newest: Check, placed: readonly number[]): boolean =>
  mayOrderAgain(newest) || placed.length < newest.orderNumber;

/**
 * Looks in Lever for what no webhook told us: entries into the trigger stage without a decision, held candidates that
 * still stand there, and checks that only Lever and Turn remember. Decides nothing itself: what it finds becomes a
 * delivery. Throws `PortError`.
 */
export const createSweepConnection = (ports: SweepPorts) => {
  const { ats, checks, connections, inbox, incidents, now } = ports;
  const adoptOrders = createAdoptOrders(ports);

  const refreshStage = async (connection: Connection): Promise<Connection> => {
    const triggerStage = resolveTriggerStage(connection.triggerStage, await ats.listStages(connection.id));
    await connections.saveTriggerStage(connection.id, triggerStage, connection.settingsRevision);
    if (triggerStage.kind === 'resolved')
      await incidents.resolve(connection.id, 'trigger-stage-unclear', connection.id);
    else await incidents.raise(connection.id, 'trigger-stage-unclear', connection.id);
    return { ...connection, triggerStage };
  };

  const receiveMissed = async (
    connection: Connection,
    standing: readonly StageEntry[],
    held: readonly Check[],
  ): Promise<number> => {
    const old = standing.filter(({ enteredAt }) => enteredAt <= now() - ports.times.sweepGrace);
    const undecided = await inbox.undecided(connection.id, old);
    // Who is held was heard of, perhaps before Lever could be asked for the entry: decided again anyway.
    const missed = undecided.filter(
      (entry) => !held.some((check) => check.opportunityId === entry.opportunityId),
    );
    // Told first: once it is received an entry is no longer missed.
    if (missed.length > 0) await incidents.raise(connection.id, 'missed-by-webhook', connection.id);
    for (const { opportunityId, enteredAt } of missed) {
      const key = `sweep:${opportunityId}:${enteredAt}`;
      await inbox.receive({
        connectionId: connection.id,
        source: 'sweep',
        key,
        contentDigest: key,
        happening: {
          event: 'candidateStageChange',
          opportunityId,
          contactId: null,
          toStageId: null,
          triggeredAt: enteredAt,
        },
        correlationId: ports.newCorrelationId(),
        receivedAt: now(),
        dueAt: now(),
        ignored: null,
        waivers: [],
        foundTogether: missed.length,
        orderNumber: null,
      });
    }
    return missed.length;
  };

  /** Also what waited for a pause or a broken connection that is over, wherever the candidate stands now. */
  const reopenHeld = async (
    connection: Connection,
    inStage: readonly Opportunity[],
    held: readonly Check[],
  ): Promise<number> => {
    const standing = new Set(inStage.map(({ id }) => id));
    const due = held.filter((check) => standing.has(check.opportunityId) || isCauseGone(check, connection));
    const afterOutage = due.filter(({ hold }) => hold !== null && isOutage(hold.reason)).length;
    const reopened = await Promise.all(
      due.map(({ deliveryId, hold }) => {
        if (deliveryId === null) return false;
        const isReleased = hold !== null && isOutage(hold.reason);
        return inbox.reopen(connection.id, deliveryId, ...(isReleased ? [afterOutage] : []));
      }),
    );
    return reopened.filter(Boolean).length;
  };

  /** A restored backup forgets orders; Lever's tag and Turn's look-up by our reference remember them. */
  const adoptForgotten = async (connection: Connection): Promise<number> => {
    const tagged = await ats.listTagged(connection.id, openStatusTags);
    const ids = tagged.map(({ id }) => id);
    const known = await checks.known(connection.id, ids);
    const looked = await forEach(tagged, async (opportunity) => {
      const { id: opportunityId, contactId, name: displayName } = opportunity;
      const kept = known.filter((order) => order.opportunityId === opportunityId);
      const newest = kept.length === 0 ? null : await checks.newest(connection.id, opportunityId);
      if (newest !== null) await noteArchived(connection, opportunity, newest);
      const numbers = kept.map(({ orderNumber }) => orderNumber);
      if (newest !== null && !mayLackOrders(newest, numbers)) return 0;
      const { id: connectionId, environment } = connection;
      const correlationId = ports.newCorrelationId();
      const about = { opportunityId, contactId, displayName, correlationId };
      return adoptOrders({ connectionId, environment, ...about }, numbers);
    });
    return looked.filter((adopted) => adopted > 0).length;
  };

  const noteArchived = async (
    connection: Connection,
    opportunity: Opportunity,
    check: Check,
  ): Promise<void> => {
    if (!opportunity.isArchived) return;
    // The tag may be behind, and the neutral word for adverse states says nothing about the end.
    const isOpen = check.phase === 'ordered' && (check.status === null || !isOver(check.status.status));
    if (isOpen) await incidents.raise(connection.id, 'archived-with-open-check', check.id);
  };

  /** What was broken may have been mended at the vendor: asking once each round is how ordering resumes by itself. */
  const heal = async (connection: Connection): Promise<Connection> => {
    const probes = {
      lever: () => ats.confirmAuthorization(connection.id, 0),
      turn: () => ports.checkProvider.readAccountName(connection.id),
    };
    let healed = connection;
    for (const vendor of ['lever', 'turn'] as const) {
      if (connection[vendor] !== 'reconnect-needed') continue;
      try {
        await probes[vendor]();
      } catch {
        continue;
      }
      await connections.saveHealth(connection.id, vendor, 'working');
      await incidents.resolve(connection.id, `${vendor}-reconnect-needed`, connection.id);
      healed = { ...healed, [vendor]: 'working' };
    }
    return healed;
  };

  const lookInStage = async (connection: Connection): Promise<Pick<SweepFindings, 'missed' | 'reopened'>> => {
    const { triggerStage, orderingSince } = connection;
    if (triggerStage.kind !== 'resolved') return nothing;
    const inStage = await ats.listEntered(connection.id, triggerStage.id, orderingSince);
    const entries = inStage.flatMap((opportunity): StageEntry[] => {
      const standing = standingTowards(triggerStage.id, opportunity);
      // Nobody is left to check, and a decision never gets as far as the entry: it would be missed for ever.
      return standing.kind === 'in-stage' && !opportunity.isAnonymised
        ? [{ opportunityId: opportunity.id, enteredAt: standing.enteredAt }]
        : [];
    });
    const held = await checks.listHeld(connection.id);
    const recent = entries.filter(({ enteredAt }) => enteredAt >= orderingSince);
    return {
      missed: await receiveMissed(connection, recent, held),
      reopened: await reopenHeld(connection, inStage, held),
    };
  };

  const look = async (working: Connection): Promise<SweepFindings> => {
    const connection = await refreshStage(working);
    // Candidates first: whatever goes wrong with old checks, nobody who stands in the stage is overlooked.
    const found = await lookInStage(connection);
    const adopted = connection.turn === 'working' ? await adoptForgotten(connection) : 0;
    return { ...found, adopted };
  };

  /** Nobody may come into the stage for weeks: what is broken is told now, and not with the next candidate. */
  const markBroken = async ({ id }: Connection, error: PortError): Promise<void> => {
    const vendor = error.vendor ?? 'lever';
    await incidents.raise(id, `${vendor}-reconnect-needed`, id);
    await connections.saveHealth(id, vendor, 'reconnect-needed');
  };

  return async (connectionId: ConnectionId): Promise<SweepFindings> => {
    const read = await connections.read(connectionId);
    if (read === null || read.disconnectedAt !== null) return nothing;
    const working = await heal(read);
    if (working.lever !== 'working') return nothing;
    try {
      return await look(working);
    } catch (error) {
      if (error instanceof PortError && error.code === 'unauthorized') await markBroken(working, error);
      throw error;
    }
  };
};
