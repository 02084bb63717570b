import type { Connection } from '../../src/connection.ts';
import type {
  CheckId,
  ConnectionId,
  ContactId,
  CorrelationId,
  DeliveryId,
  OpportunityId,
} from '../../src/ids.ts';
import type { Opportunity } from '../../src/ordering/opportunity.ts';
import type { Role } from '../../src/permission.ts';
import type { Person } from '../../src/ports/audit-log.ts';
import type { HoldReason } from '../../src/reason.ts';
import type { StatusName } from '../../src/status/check-status.ts';
import { defaultTimes } from '../../src/times.ts';
import { createActions } from '../../src/use-cases/by-person/create-actions.ts';
import { createCarryOutWriteBack } from '../../src/use-cases/carry-out-write-back.ts';
import { createPlaceOrder } from '../../src/use-cases/place-order.ts';
import { createProcessDelivery } from '../../src/use-cases/process-delivery.ts';
import { createReadStatus } from '../../src/use-cases/read-status.ts';
import { createSweepConnection } from '../../src/use-cases/sweep-connection.ts';
import { createSyncCheck } from '../../src/use-cases/sync-check.ts';
import { aDelivery } from '../../testing/a-delivery.ts';
import { applicantStage, referenceCheckStage } from '../../testing/an-opportunity.ts';
import { createFakeAts } from '../../testing/fake-ats.ts';
import { createFakeAtsWebhooks } from '../../testing/fake-ats-webhooks.ts';
import { createFakeAuditLog } from '../../testing/fake-audit-log.ts';
import { createFakeCheckProvider } from '../../testing/fake-check-provider.ts';
import { createFakeChecks } from '../../testing/fake-checks.ts';
import { createFakeConnections } from '../../testing/fake-connections.ts';
import { createFakeGrants } from '../../testing/fake-grants.ts';
import { createFakeInbox } from '../../testing/fake-inbox.ts';
import { createFakeIncidents } from '../../testing/fake-incidents.ts';

/** Noon of 2026-11-23 UTC, when every world starts. */
export const noon = Date.UTC(2026, 10, 23, 12);

export type PersonWorld = ReturnType<typeof createPersonWorld>;

/** The engine on fakes with one working connection, and everything a person can do. Time stands still until `pass`. */
export const createPersonWorld = (
  given: Partial<Connection> = {},
  { turnIsLocal = true }: { readonly turnIsLocal?: boolean } = {},
) => {
  let time = noon;
  let counter = 0;
  const now = () => time;
  const times = defaultTimes;
  const jitter = () => 0.5;
  const newCorrelationId = () => {
    counter += 1;
    return `correlation-${counter}` as CorrelationId;
  };
  const grants = createFakeGrants({ now });
  const connections = createFakeConnections({ now, grants });
  const fakeInbox = createFakeInbox({ now });
  const ports = {
    ats: createFakeAts({ now }),
    atsWebhooks: createFakeAtsWebhooks(),
    auditLog: createFakeAuditLog({ now }),
    checkProvider: createFakeCheckProvider(),
    checks: createFakeChecks({ now, connections, inbox: fakeInbox }),
    connections,
    inbox: fakeInbox,
    incidents: createFakeIncidents({ now }),
    turnIsLocal,
    times,
    now,
    jitter,
    newCorrelationId,
  };
  const { ats, checkProvider, checks, inbox } = ports;
  const connection = connections.put(given);
  const connectionId: ConnectionId = connection.id;
  const processDelivery = createProcessDelivery({ ...ports, placeOrder: createPlaceOrder(ports) });
  const syncCheck = createSyncCheck({
    ...ports,
    readStatus: createReadStatus(ports),
    carryOutWriteBack: createCarryOutWriteBack(ports),
  });
  const sweep = createSweepConnection(ports);

  /** Works until nothing is due. */
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 50; round += 1) {
      const [deliveries, syncs] = [inbox.dueIds(), checks.dueIds()];
      if (deliveries.length + syncs.length === 0) return;
      for (const id of deliveries) await processDelivery(id);
      for (const id of syncs) await syncCheck(id);
    }
    throw new Error('The work does not come to rest.');
  };

  const checkOf = async (opportunityId: OpportunityId) => {
    const check = await checks.newest(connectionId, opportunityId);
    if (check === null) throw new Error('Expected a check.');
    return check;
  };

  /** A candidate who entered the trigger stage just now. */
  const enter = (opportunity: Partial<Opportunity> = {}): OpportunityId => {
    counter += 1;
    return ats.addOpportunity(connectionId, {
      id: `opportunity-${counter}` as OpportunityId,
      contactId: `contact-${counter}` as ContactId,
      stageId: referenceCheckStage,
      stageChanges: [
        { toStageId: applicantStage, at: time - 3_600_000 },
        { toStageId: referenceCheckStage, at: time },
      ],
      lastAdvancedAt: time,
      ...opportunity,
    });
  };

  /** Lever's webhook about a candidate, due after `wait` ms. */
  const hear = async (opportunityId: OpportunityId, wait = 0): Promise<DeliveryId> => {
    counter += 1;
    await inbox.receive(
      aDelivery({
        connectionId,
        key: `token-${counter}`,
        receivedAt: time,
        dueAt: time + wait,
        happening: { opportunityId, contactId: null },
      }),
    );
    const id = inbox.deliveries().at(-1)?.id;
    if (id === undefined) throw new Error('Expected the delivery to be kept.');
    return id;
  };

  return {
    ...ports,
    grants,
    connectionId,
    actions: createActions(ports),
    processDelivery,
    settle,
    enter,
    hear,
    checkOf,
    sweep: () => sweep(connectionId),
    pass: (ms: number) => {
      time += ms;
    },
    connection: async () => {
      const found = await connections.read(connectionId);
      if (found === null) throw new Error('Expected the connection.');
      return found;
    },
    /** Somebody of the connection's account, or of another. */
    person: (role: Role = 'super-admin', account: 'own' | 'other' = 'own'): Person => ({
      id: `${role}-of-${account}`,
      accountId:
        account === 'own' ? connection.accountId : (`not-${connection.accountId}` as Person['accountId']),
      role,
    }),
    audit: () => ports.auditLog.list(connectionId, 100),
    reasonOf: async (deliveryId: DeliveryId) =>
      (await inbox.read(connectionId, deliveryId))?.settlement?.reason ?? null,
    /** Makes a candidate whose check is held for this reason. */
    held: async (opportunityId: OpportunityId, reason: HoldReason): Promise<CheckId> => {
      await settle();
      const { id, hold } = await checkOf(opportunityId);
      if (hold?.reason !== reason)
        throw new Error(`Expected ${reason}, it is ${hold?.reason ?? 'not held'}.`);
      return id;
    },
    /** Moves the check of a candidate on at Turn, and lets us see it. */
    advance: async (opportunityId: OpportunityId, status: StatusName): Promise<void> => {
      const { workerId } = await checkOf(opportunityId);
      if (workerId === null) throw new Error('Expected the check to be ordered.');
      checkProvider.advance(workerId, status);
      await checks.wake(connectionId, workerId);
      await settle();
    },
  };
};
