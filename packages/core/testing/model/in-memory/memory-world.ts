import type { ContactId, CorrelationId, Instant, OpportunityId } from '../../../src/ids.ts';
import { referenceId } from '../../../src/ordering/reference-id.ts';
import type { NewNote } from '../../../src/ports/ats.ts';
import type { OrderOutcome } from '../../../src/ports/check-provider.ts';
import { PortError } from '../../../src/ports/port-error.ts';
import { defaultSettings } from '../../../src/settings.ts';
import { applicantStage } from '../../an-opportunity.ts';
import { createFakeAts } from '../../fake-ats.ts';
import { createFakeAtsWebhooks } from '../../fake-ats-webhooks.ts';
import { createFakeAuditLog } from '../../fake-audit-log.ts';
import { createFakeCheckProvider } from '../../fake-check-provider.ts';
import { createFakeChecks } from '../../fake-checks.ts';
import { createFakeConnections } from '../../fake-connections.ts';
import { createFakeGrants } from '../../fake-grants.ts';
import { createFakeInbox } from '../../fake-inbox.ts';
import { createFakeIncidents } from '../../fake-incidents.ts';
import {
  candidateCount,
  type LookAtPost,
  personsNote,
  personsTag,
  type Setup,
} from '../system-under-test.ts';
import { createInterleaving } from './interleaving.ts';
import { createPlannedFaults } from './planned-faults.ts';

/** Everything outside of the processes: both vendors, the database, the clock, and what goes wrong. */
export type MemoryWorld = ReturnType<typeof createMemoryWorld>;

/** Lever's id of a candidate of the model. */
export const opportunityIdOf = (candidate: number): OpportunityId =>
  `opportunity-${candidate}` as OpportunityId;

const noteOf = (text: string): NewNote => ({ text, isSecret: false, notifyFollowers: false });

const postEnds: Readonly<Record<OrderOutcome['kind'], LookAtPost['end']>> = {
  accepted: 'accepted',
  unknown: 'unknown',
  refused: 'refused',
  'not-carried-out': 'refused',
  unauthorized: 'refused',
};

/** A working connection with its candidates in front of the trigger stage, at noon of 2026-11-23 UTC. */
export const createMemoryWorld = ({
  ordersPerHour,
  waitBeforeOrdering,
  neutralAdverse,
  isRestored,
}: Setup) => {
  let time: Instant = Date.UTC(2026, 10, 23, 12);
  let correlations = 0;
  let late: { readonly at: Instant; readonly carryOut: () => Promise<unknown> }[] = [];
  const now = (): Instant => time;
  const grants = createFakeGrants({ now });
  const connections = createFakeConnections({ now, grants });
  const inbox = createFakeInbox({ now });
  const fakes = {
    ats: createFakeAts({ now }),
    atsWebhooks: createFakeAtsWebhooks(),
    auditLog: createFakeAuditLog({ now }),
    checkProvider: createFakeCheckProvider(),
    checks: createFakeChecks({ now, connections, inbox }),
    connections,
    inbox,
    incidents: createFakeIncidents({ now }),
  };
  const settings = { ...defaultSettings, ordersPerHour, waitBeforeOrdering, neutralAdverse };
  const { id, accountId } = connections.put({ settings });
  const posts: Omit<LookAtPost, 'candidate'>[] = [];
  const doubtful = new Set<string>();
  const counts = { 'process-died': 0, 'process-died-while-ordering': 0, 'two-processes-at-once': 0 };

  for (let candidate = 0; candidate < candidateCount; candidate += 1) {
    const anHourAgo = time - 3_600_000;
    fakes.ats.addOpportunity(id, {
      id: opportunityIdOf(candidate),
      contactId: `contact-${candidate < 2 ? 'of-two' : candidate}` as ContactId,
      stageId: applicantStage,
      stageChanges: [{ toStageId: applicantStage, at: anHourAgo }],
      createdAt: anHourAgo,
      lastAdvancedAt: anHourAgo,
      tags: [personsTag],
    });
  }

  const faults = createPlannedFaults();
  let isRevoked = false;

  return {
    fakes,
    grants,
    faults,
    /** A person at Lever takes our grant away, or gives a new one. */
    setRevoked: (given: boolean): void => {
      isRevoked = given;
      if (given) fakes.ats.revoke(id);
      else fakes.ats.reconnect(id);
    },
    interleaving: createInterleaving(),
    connectionId: id,
    accountId,
    posts,
    doubtful,
    counts,
    now,
    /** Lets time pass, and Turn carry out what it was late with. */
    advance: async (ms: number): Promise<void> => {
      time += ms;
      const due = late.filter(({ at }) => at <= time);
      // Taken first: somebody else may let time pass meanwhile, and Turn carries an order out once.
      late = late.filter(({ at }) => at > time);
      for (const order of due) await order.carryOut();
    },
    /** Turn takes its time with an order, within that of the look-ups. */
    carryOutLater: (carryOut: () => Promise<unknown>): void => {
      late.push({ at: time + 40 * 60_000, carryOut });
    },
    newCorrelationId: (): CorrelationId => {
      correlations += 1;
      return `correlation-${correlations}` as CorrelationId;
    },
    /** A post of an order reached Turn, or may have. */
    notePost: (given: readonly unknown[], outcome: unknown): void => {
      const { kind } = outcome as OrderOutcome;
      posts.push({ referenceId: String(given[1]), end: postEnds[kind], at: time });
    },
    /** Whether something outside of the program made it throw this: a fault that was planned, or a grant that is gone. */
    explains: (error: unknown): boolean =>
      faults.wasThrown(error) ||
      (error instanceof PortError && error.code === 'unauthorized' && error.vendor === 'lever' && isRevoked),
    /** Nobody can know any more what became of the order of this check. */
    doubt: (checkId: unknown): void => {
      const check = fakes.checks.all().find((one) => one.id === checkId);
      if (check !== undefined) doubtful.add(check.referenceId);
    },
    countDeath: (isWhileOrdering: boolean): void => {
      counts['process-died'] += 1;
      if (isWhileOrdering) counts['process-died-while-ordering'] += 1;
    },
    /** What is at both vendors before anything happens. */
    begin: async (): Promise<void> => {
      for (let candidate = 0; candidate < candidateCount; candidate += 1) {
        await fakes.ats.writeNote(id, opportunityIdOf(candidate), noteOf(personsNote));
      }
      if (!isRestored) return;
      const forgotten = opportunityIdOf(candidateCount - 1);
      const request = {
        packageId: null,
        firstName: 'Ada',
        lastName: 'Example',
        email: 'a@example.com',
        phone: null,
      };
      await fakes.checkProvider.order(id, referenceId('production', forgotten, 1), request);
      await fakes.ats.addTag(id, forgotten, 'TurnStatus:Emailed');
      const text = 'Turn background check ordered. Turn ID: C0000000001';
      await fakes.ats.writeNote(id, forgotten, noteOf(text));
    },
  };
};
