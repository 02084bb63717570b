import type { CorrelationId } from '../../ids.ts';
import type { Ats } from '../../ports/ats.ts';
import type { AtsWebhooks } from '../../ports/ats-webhooks.ts';
import type { AuditLog } from '../../ports/audit-log.ts';
import type { CheckProvider } from '../../ports/check-provider.ts';
import type { Checks } from '../../ports/checks.ts';
import type { Connections } from '../../ports/connections.ts';
import type { Inbox } from '../../ports/inbox.ts';
import type { Incidents } from '../../ports/incidents.ts';
import type { FactSources } from '../gather-facts.ts';
import { createDecideRetroactive } from './backlog/decide-retroactive.ts';
import { createPreviewBacklog } from './backlog/preview-backlog.ts';
import { createPreviewRetroactive } from './backlog/preview-retroactive.ts';
import { createDiscardBacklog, createDismiss } from './checks/dismiss.ts';
import { createOrderAgain } from './checks/order-again.ts';
import { createOrderHeld } from './checks/order-held.ts';
import { createResendInvitation } from './checks/resend-invitation.ts';
import { createRetry } from './checks/retry.ts';
import { createConnectLever } from './connection/connect-lever.ts';
import { createDisconnect } from './connection/disconnect.ts';
import { createDryRun } from './connection/dry-run.ts';
import { createPause } from './connection/pause.ts';
import { createResume } from './connection/resume.ts';
import { createCancel } from './deliveries/cancel.ts';
import { createOrderNow } from './deliveries/order-now.ts';
import { createReplay } from './deliveries/replay.ts';
import { createHandIn } from './hand-in.ts';
import { createPerform } from './perform.ts';

/** What the use cases that people trigger need together. */
export interface ActionPorts extends Pick<FactSources, 'turnIsLocal' | 'times' | 'now'> {
  readonly ats: Ats;
  readonly atsWebhooks: AtsWebhooks;
  readonly auditLog: AuditLog;
  readonly checkProvider: CheckProvider;
  readonly checks: Checks;
  readonly connections: Connections;
  readonly inbox: Inbox;
  readonly incidents: Incidents;
  readonly newCorrelationId: () => CorrelationId;
}

/** Everything a person can do. Each takes the person and the connection first. */
export type Actions = ReturnType<typeof createActions>;

/** Puts the use cases that people trigger together. */
export const createActions = (given: ActionPorts) => {
  const ports = { ...given, perform: createPerform(given), handIn: createHandIn(given) };
  return {
    retry: createRetry(ports),
    dismiss: createDismiss(ports),
    orderAnyway: createOrderHeld(ports, 'order anyway'),
    orderAgain: createOrderAgain(ports),
    release: createOrderHeld(ports, 'release'),
    resendInvitation: createResendInvitation(ports),
    replay: createReplay(ports),
    orderNow: createOrderNow(ports),
    cancel: createCancel(ports),
    previewBacklog: createPreviewBacklog(ports),
    orderBacklog: createOrderHeld(ports, 'order retroactively'),
    discardBacklog: createDiscardBacklog(ports),
    previewRetroactive: createPreviewRetroactive(ports),
    orderRetroactive: createDecideRetroactive(ports, 'order'),
    discardRetroactive: createDecideRetroactive(ports, 'discard'),
    dryRun: createDryRun(ports),
    pause: createPause(ports),
    resume: createResume(ports),
    connectLever: createConnectLever(ports),
    disconnect: createDisconnect(ports),
  };
};
