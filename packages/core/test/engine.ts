import type { Connection } from '../src/connection.ts';
import type { Happening } from '../src/delivery.ts';
import type {
  ConnectionId,
  ContactId,
  CorrelationId,
  DeliveryId,
  Instant,
  OpportunityId,
  StageId,
  WorkerId,
} from '../src/ids.ts';
import type { Opportunity } from '../src/ordering/opportunity.ts';
import type { StoredDelivery } from '../src/ports/inbox.ts';
import { defaultTimes, type Times } from '../src/times.ts';
import { type AdmissionResult, createAdmitDelivery } from '../src/use-cases/admit-delivery.ts';
import { createCarryOutWriteBack } from '../src/use-cases/carry-out-write-back.ts';
import { createPlaceOrder } from '../src/use-cases/place-order.ts';
import { createProcessDelivery } from '../src/use-cases/process-delivery.ts';
import { createReadStatus } from '../src/use-cases/read-status.ts';
import { createSweepConnection } from '../src/use-cases/sweep-connection.ts';
import { createSyncCheck } from '../src/use-cases/sync-check.ts';
import { createWakeCheck, type Waking } from '../src/use-cases/wake-check.ts';
import { applicantStage, referenceCheckStage } from '../testing/an-opportunity.ts';
import { createFakeAts } from '../testing/fake-ats.ts';
import { createFakeCheckProvider } from '../testing/fake-check-provider.ts';
import { createFakeChecks } from '../testing/fake-checks.ts';
import { createFakeConnections } from '../testing/fake-connections.ts';
import { createFakeInbox } from '../testing/fake-inbox.ts';
import { createFakeIncidents } from '../testing/fake-incidents.ts';
import { createInterruptions } from './interruptions.ts';

/** What a test may set differently. */
export interface EngineOptions {
  readonly connection?: Partial<Connection>;
  readonly times?: Partial<Times>;
  readonly turnIsLocal?: boolean;
  /** Awaited before each call at a port, so that a test can decide how concurrent work interleaves. */
  readonly pace?: (call: string) => Promise<void>;
}

/** The whole program in memory. */
export type Engine = ReturnType<typeof createEngine>;

/** Noon of 2026-11-23 UTC, when every engine starts. */
export const start: Instant = Date.UTC(2026, 10, 23, 12);

// Far more than any test needs: work that makes itself due again at once never comes to rest.
const mostRounds = 100;

/**
 * All use cases on fakes, put together as the program does it, with one working connection. Time stands still until
 * `advance`; `run` stands for relay and jobs. The fakes are given bare, so that looking at them is no call.
 */
export const createEngine = (options: EngineOptions = {}) => {
  let time = start;
  let messages = 0;
  let candidates = 0;
  const now = (): Instant => time;
  const jitter = (): number => 0.5;
  const times: Times = { ...defaultTimes, ...options.times };
  const newCorrelationId = (): CorrelationId => {
    messages += 1;
    return `correlation-${messages}` as CorrelationId;
  };

  const fakeConnections = createFakeConnections({ now });
  const fakeInbox = createFakeInbox({ now });
  const fakes = {
    ats: createFakeAts({ now }),
    checkProvider: createFakeCheckProvider(),
    checks: createFakeChecks({ now, connections: fakeConnections, inbox: fakeInbox }),
    connections: fakeConnections,
    inbox: fakeInbox,
    incidents: createFakeIncidents({ now }),
  };
  const { id: connectionId } = fakes.connections.put(options.connection);

  const interruptions = createInterruptions(options.pace);
  const { watch, survive } = interruptions;
  const ats = watch('ats', fakes.ats);
  const checkProvider = watch('checkProvider', fakes.checkProvider);
  const checks = watch('checks', fakes.checks);
  const connections = watch('connections', fakes.connections);
  const inbox = watch('inbox', fakes.inbox);
  const incidents = watch('incidents', fakes.incidents);

  const placeOrder = createPlaceOrder({ checkProvider, checks, connections, incidents, now, times });
  const readStatus = createReadStatus({ checkProvider, checks, incidents, now });
  const carryOutWriteBack = createCarryOutWriteBack({ ats, checks, incidents });
  const admitDelivery = createAdmitDelivery({ connections, inbox, incidents, now });
  const wakeCheck = createWakeCheck({ connections, checks, now });
  const processDelivery = createProcessDelivery({
    ats,
    checkProvider,
    checks,
    connections,
    inbox,
    incidents,
    placeOrder,
    turnIsLocal: options.turnIsLocal ?? false,
    times,
    now,
    jitter,
  });
  const syncCheck = createSyncCheck({
    ats,
    checkProvider,
    checks,
    connections,
    incidents,
    readStatus,
    carryOutWriteBack,
    now,
    jitter,
    times,
  });
  const sweepConnection = createSweepConnection({
    ats,
    checkProvider,
    checks,
    connections,
    inbox,
    incidents,
    newCorrelationId,
    now,
    times,
  });

  const isAnythingDue = (): boolean => fakes.inbox.dueIds().length + fakes.checks.dueIds().length > 0;

  const workOnDue = async (): Promise<void> => {
    for (let round = 0; round < mostRounds; round += 1) {
      if (!isAnythingDue()) return;
      for (const id of fakes.inbox.dueIds()) await processDelivery(id);
      for (const id of fakes.checks.dueIds()) await syncCheck(id);
    }
    throw new Error('The work does not come to rest.');
  };

  /** Works on what is due now until nothing is. `cut-short`: the process died, or a planned fault ended it. */
  const run = async (): Promise<'at-rest' | 'cut-short'> =>
    (await survive(async () => {
      await workOnDue();
      return 'at-rest' as const;
    })) ?? 'cut-short';

  const advance = (ms: number): void => {
    time += ms;
  };

  /** Lets time pass in steps and works on what falls due. Crashes on the way are survived. */
  const runFor = async (ms: number, step = 2 * 60_000): Promise<void> => {
    const end = time + ms;
    for (;;) {
      while (isAnythingDue()) await run();
      if (time >= end) return;
      advance(Math.min(step, end - time));
    }
  };

  /** A vendor sends again where nobody answered. */
  const send = async <Answer>(deliver: () => Promise<Answer>): Promise<Answer> => {
    for (;;) {
      const answer = await survive(deliver);
      if (answer !== null) return answer;
    }
  };

  /** Lever's webhook for something that happened now. The same `token` again is a repeat. */
  const hear = (
    given: Partial<Happening> & { readonly opportunityId: OpportunityId },
    token?: string,
  ): Promise<AdmissionResult> => {
    const correlationId = newCorrelationId();
    const happening: Happening = {
      event: 'candidateStageChange',
      contactId: null,
      toStageId: referenceCheckStage,
      triggeredAt: now(),
      ...given,
    };
    const key = token ?? `token-${messages}`;
    return send(() =>
      admitDelivery({
        key: `lever-key-of-${connectionId}`.padEnd(43, '_'),
        message: { kind: 'event', token: key, contentDigest: JSON.stringify(happening), happening },
        isSignedBy: (tokens) => tokens.includes(`signature-token-of-${connectionId}`),
        mayCount: async () => true,
        correlationId,
      }),
    );
  };

  return {
    ...fakes,
    connectionId,
    interruptions,
    times,
    now,
    advance,
    run,
    runFor,
    hear,
    admitDelivery,
    placeOrder,
    processDelivery,
    syncCheck,
    wakeCheck,

    /** The connection as it is kept now. */
    connection: async (): Promise<Connection> => {
      const connection = await fakes.connections.read(connectionId);
      if (connection === null) throw new Error('The engine lost its connection.');
      return connection;
    },
    /** A candidate who can be ordered for, an hour in the pipeline and in front of the trigger stage. */
    addCandidate: (given: Partial<Opportunity> = {}): OpportunityId => {
      candidates += 1;
      const anHourAgo = now() - 3_600_000;
      return fakes.ats.addOpportunity(connectionId, {
        id: `opportunity-${candidates}` as OpportunityId,
        contactId: `contact-${candidates}` as ContactId,
        stageId: applicantStage,
        stageChanges: [{ toStageId: applicantStage, at: anHourAgo }],
        createdAt: anHourAgo,
        lastAdvancedAt: anHourAgo,
        ...given,
      });
    },
    /** What became of the newest delivery about a candidate. */
    newestDelivery: async (
      opportunityId: OpportunityId,
    ): Promise<StoredDelivery & { readonly id: DeliveryId }> => {
      const id = fakes.inbox
        .deliveries()
        .findLast(({ happening }) => happening.opportunityId === opportunityId)?.id;
      const stored = id === undefined ? null : await fakes.inbox.read(connectionId, id);
      if (id === undefined || stored === null) throw new Error('Nobody heard of the candidate.');
      return { ...stored, id };
    },
    /** A recruiter moves a candidate; Lever's webhook follows unless it gets lost. */
    moveCandidate: async (
      opportunityId: OpportunityId,
      { stageId = referenceCheckStage, isHeard = true }: { stageId?: StageId; isHeard?: boolean } = {},
    ): Promise<void> => {
      fakes.ats.moveOpportunity(connectionId, opportunityId, stageId);
      if (isHeard) await hear({ opportunityId, toStageId: stageId });
    },
    /** Turn's status webhook about a check. */
    hearTurn: async (workerId: WorkerId): Promise<Waking> => {
      const key = await fakes.connections.turnKey(connectionId);
      return send(() => wakeCheck(key, { workerId, isStatus: true }));
    },
    /** Looks for what no webhook told us. Null where the process died on the way. */
    sweep: (id: ConnectionId = connectionId) => survive(() => sweepConnection(id)),
  };
};
