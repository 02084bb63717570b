import type { Connection } from '../connection.ts';
import type { ConnectionId, CorrelationId, Instant } from '../ids.ts';
import type { Opportunity } from '../ordering/opportunity.ts';
import { isCauseGone } from '../ordering/person-decisions.ts';
import { referenceId } from '../ordering/reference-id.ts';
import { resolveTriggerStage, standingTowards } from '../ordering/stage-rule.ts';
import type { Ats } from '../ports/ats.ts';
import type { CheckProvider } from '../ports/check-provider.ts';
import type { Checks } from '../ports/checks.ts';
import type { Connections } from '../ports/connections.ts';
import type { Inbox, StageEntry } from '../ports/inbox.ts';
import type { Incidents } from '../ports/incidents.ts';
import { isStatusTag, openStatusTags } from '../status/status-tag.ts';
import type { Times } from '../times.ts';

/** What a sweep needs. */
export interface SweepPorts {
  readonly ats: Pick<Ats, 'listStages' | 'listEntered' | 'listTagged'>;
  readonly checkProvider: Pick<CheckProvider, 'findByReference'>;
  readonly checks: Pick<Checks, 'listHeld' | 'known' | 'newest' | 'makeReady' | 'recordOrdered'>;
  readonly connections: Pick<Connections, 'read' | 'saveTriggerStage'>;
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

/**
 * Looks in Lever for what no webhook told us: entries into the trigger stage without a decision, held candidates that
 * still stand there, and checks that only Lever and Turn remember. Decides nothing itself: what it finds becomes a
 * delivery. Throws `PortError`.
 */
export const createSweepConnection = (ports: SweepPorts) => {
  const { ats, checks, connections, inbox, incidents, now } = ports;

  const refreshStage = async (connection: Connection): Promise<Connection> => {
    const triggerStage = resolveTriggerStage(connection.triggerStage, await ats.listStages(connection.id));
    await connections.saveTriggerStage(connection.id, triggerStage);
    if (triggerStage.kind === 'resolved')
      await incidents.resolve(connection.id, 'trigger-stage-unclear', connection.id);
    else await incidents.raise(connection.id, 'trigger-stage-unclear', connection.id);
    return { ...connection, triggerStage };
  };

  const receiveMissed = async (connection: Connection, standing: readonly StageEntry[]): Promise<number> => {
    const old = standing.filter(({ enteredAt }) => enteredAt <= now() - ports.times.sweepGrace);
    const missed = await inbox.undecided(connection.id, old);
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
    if (missed.length > 0) await incidents.raise(connection.id, 'missed-by-webhook', connection.id);
    return missed.length;
  };

  /** Also what waited for a pause or a broken connection that is over, wherever the candidate stands now. */
  const reopenHeld = async (connection: Connection, inStage: readonly Opportunity[]): Promise<number> => {
    const standing = new Set(inStage.map(({ id }) => id));
    const due = (await checks.listHeld(connection.id)).filter(
      (check) => standing.has(check.opportunityId) || isCauseGone(check, connection),
    );
    const reopened = await Promise.all(
      due.map((check) => (check.deliveryId === null ? false : inbox.reopen(connection.id, check.deliveryId))),
    );
    return reopened.filter(Boolean).length;
  };

  /** A restored backup forgets orders; Lever's tag and Turn's look-up by our reference remember them. */
  const adoptForgotten = async (connection: Connection): Promise<number> => {
    const tagged = await ats.listTagged(connection.id, openStatusTags);
    const known = new Set(
      await checks.known(
        connection.id,
        tagged.map(({ id }) => id),
      ),
    );
    let adopted = 0;
    for (const opportunity of tagged) {
      if (known.has(opportunity.id)) await noteArchived(connection, opportunity);
      else adopted += (await adopt(connection, opportunity)) ? 1 : 0;
    }
    return adopted;
  };

  const adopt = async (connection: Connection, opportunity: Opportunity): Promise<boolean> => {
    for (let orderNumber = 1; ; orderNumber += 1) {
      const reference = referenceId(connection.environment, opportunity.id, orderNumber);
      const found = await ports.checkProvider.findByReference(connection.id, reference);
      if (found === null) return orderNumber > 1;
      const subject = {
        opportunityId: opportunity.id,
        contactId: opportunity.contactId,
        orderNumber,
        deliveryId: null,
        correlationId: ports.newCorrelationId(),
        displayName: opportunity.name,
        statusTags: opportunity.tags.filter(isStatusTag),
      };
      const check = await checks.makeReady(connection.id, subject, { packageId: null, invalidTags: [] });
      await checks.recordOrdered(connection.id, check.id, found.workerId, 'adopted');
      await incidents.raise(connection.id, 'check-adopted', check.id);
    }
  };

  const noteArchived = async (connection: Connection, opportunity: Opportunity): Promise<void> => {
    if (!opportunity.isArchived) return;
    const check = await checks.newest(connection.id, opportunity.id);
    if (check?.phase === 'ordered')
      await incidents.raise(connection.id, 'archived-with-open-check', check.id);
  };

  return async (connectionId: ConnectionId): Promise<SweepFindings> => {
    const read = await connections.read(connectionId);
    if (read === null || read.disconnectedAt !== null || read.lever === 'reconnect-needed') return nothing;
    const connection = await refreshStage(read);
    const adopted = await adoptForgotten(connection);
    const { triggerStage, orderingSince } = connection;
    if (triggerStage.kind !== 'resolved') return { ...nothing, adopted };
    const inStage = await ats.listEntered(connection.id, triggerStage.id, orderingSince);
    const entries = inStage.flatMap((opportunity): StageEntry[] => {
      const standing = standingTowards(triggerStage.id, opportunity);
      // Nobody is left to check, and a decision never gets as far as the entry: it would be missed for ever.
      return standing.kind === 'in-stage' && !opportunity.isAnonymised
        ? [{ opportunityId: opportunity.id, enteredAt: standing.enteredAt }]
        : [];
    });
    const missed = await receiveMissed(
      connection,
      entries.filter(({ enteredAt }) => enteredAt >= orderingSince),
    );
    return { missed, reopened: await reopenHeld(connection, inStage), adopted };
  };
};
