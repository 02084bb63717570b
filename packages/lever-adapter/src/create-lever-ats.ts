import { performance } from 'node:perf_hooks';
import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Environment } from '@turn-lever/core/connection';
import type { ConnectionId, Instant } from '@turn-lever/core/ids';
import type { Ats } from '@turn-lever/core/ports/ats';
import type { Grants } from '@turn-lever/core/ports/grants';
import { PortError } from '@turn-lever/core/ports/port-error';
import { countInStage, listEntered, listTagged } from './api/list-opportunities.ts';
import { deleteNote, listNotes, writeNote } from './api/notes.ts';
import { createPace, defaultPace, type PaceLimits } from './api/pace.ts';
import { readOpportunity } from './api/read-opportunity.ts';
import { type Call, createRequests } from './api/request.ts';
import { listStages } from './api/stages.ts';
import { addTag, listTags, removeTags } from './api/tags.ts';
import {
  type CreatedWebhook,
  createWebhook,
  deleteWebhook,
  type LeverWebhook,
  listWebhooks,
} from './api/webhooks.ts';
import { type AccessTokenTimes, createAccessTokens, defaultAccessTokenTimes } from './oauth/access-token.ts';
import { type LeverEnvironmentConfig, requireSafeEndpoints } from './oauth/environments.ts';
import { createRefresh, type Refresh } from './oauth/refresh.ts';
import { type Fetch, followOneRedirect } from './redirect.ts';

/** How long things may take, in ms. */
export interface LeverTimes extends AccessTokenTimes {
  /** One call to the API, from connecting to the last byte. */
  readonly request: number;
  /** One refresh; below `lease`. */
  readonly refresh: number;
}

/** The product's own times: 15 s for a call, 8 s for a refresh. */
export const defaultLeverTimes: LeverTimes = { ...defaultAccessTokenTimes, request: 15_000, refresh: 8000 };

/** What the adapter is made with. */
export interface LeverAtsConfig {
  /** An environment that is left out is not offered; its connections fail as `unavailable`. */
  readonly environments: Readonly<Partial<Record<Environment, LeverEnvironmentConfig>>>;
  readonly grants: Grants;
  /** What of a connection matters for a call. Throws `PortError`. */
  readonly connectionOf: (
    connectionId: ConnectionId,
  ) => Promise<{ readonly environment: Environment; readonly performAs: string | null }>;
  readonly fetch?: Fetch;
  /** ms since 1970 UTC. */
  readonly now?: () => Instant;
  readonly sleep?: (ms: number) => Promise<void>;
  readonly pace?: Partial<PaceLimits>;
  readonly times?: Partial<LeverTimes>;
  /** Domains below which Lever may redirect a call that carries a token, by https. */
  readonly redirectHosts?: readonly string[];
  /** Bytes of an answer beyond which it is given up. */
  readonly largestAnswer?: number;
}

/** Lever as the applicant tracking system, and what only the console asks of it. All throw `PortError`. */
export interface LeverAts extends Ats {
  /** The texts of all tags in use. */
  listTags(connectionId: ConnectionId): Promise<readonly string[]>;
  /** Webhooks that our app made. */
  listWebhooks(connectionId: ConnectionId): Promise<readonly LeverWebhook[]>;
  /** Makes a webhook for an event, in the place of one of the same event and address. */
  createWebhook(
    connectionId: ConnectionId,
    webhook: Pick<LeverWebhook, 'event' | 'url'>,
  ): Promise<CreatedWebhook>;
  /** Deletes a webhook of ours; one that is gone already is fine. */
  deleteWebhook(connectionId: ConnectionId, webhookId: string): Promise<void>;
}

/**
 * Lever behind the `Ats` port, for all connections of both environments. Tokens are refreshed as needed, calls are paced
 * per connection within this process. Throws where an endpoint would take secrets in clear to another machine.
 */
export const createLeverAts = (config: LeverAtsConfig): LeverAts => {
  const { grants, connectionOf, now = Date.now } = config;
  const sleep = config.sleep ?? ((ms: number) => sleepFor(ms));
  const times = { ...defaultLeverTimes, ...config.times };
  const fetch = followOneRedirect(config.fetch ?? globalThis.fetch, config.redirectHosts ?? ['lever.co']);

  const refreshes = new Map<Environment, Refresh>();
  const configOf = (environment: Environment): LeverEnvironmentConfig => {
    const found = config.environments[environment];
    if (found !== undefined) return found;
    throw new PortError('unavailable', `No OAuth app for Lever's ${environment} is configured`, {
      vendor: 'lever',
    });
  };
  for (const environment of ['production', 'sandbox'] as const) {
    const found = config.environments[environment];
    if (found === undefined) continue;
    requireSafeEndpoints(found);
    refreshes.set(environment, createRefresh(found, { fetch, now, timeout: times.refresh }));
  }
  const refreshOf = (environment: Environment): Refresh =>
    refreshes.get(environment) ?? (() => Promise.resolve({ kind: 'unknown' }));

  const tokens = createAccessTokens({ grants, refreshOf, now, sleep, times });
  const { send } = createRequests({
    fetch,
    tokens,
    // By a clock that nobody sets: one set back would make every call wait for the old time to come again.
    pace: createPace({ ...defaultPace, ...config.pace }, { now: () => performance.now(), sleep }),
    now,
    timeout: times.request,
    largestAnswer: config.largestAnswer ?? 1024 * 1024,
  });

  const on = async <Result>(
    connectionId: ConnectionId,
    ask: (call: Call, performAs: string | null) => Promise<Result>,
  ): Promise<Result> => {
    const { environment, performAs } = await connectionOf(connectionId);
    const found = configOf(environment);
    return ask((call) => send(connectionId, environment, found, call), performAs);
  };

  return {
    confirmAuthorization: async (connectionId, maxAgeMs) => {
      const { environment } = await connectionOf(connectionId);
      configOf(environment);
      await tokens.get(connectionId, environment, { maxAgeMs });
    },
    readOpportunity: (connectionId, id) => on(connectionId, (call) => readOpportunity(call, id)),
    listStages: (connectionId) => on(connectionId, listStages),
    listEntered: (connectionId, stageId, since) =>
      on(connectionId, (call) => listEntered(call, stageId, since)),
    countInStage: (connectionId, stageId) => on(connectionId, (call) => countInStage(call, stageId)),
    listTagged: (connectionId, tags) => on(connectionId, (call) => listTagged(call, tags)),
    addTag: (connectionId, id, tag) =>
      on(connectionId, (call, performAs) => addTag(call, performAs, id, tag)),
    removeTags: (connectionId, id, tags) =>
      on(connectionId, (call, performAs) => removeTags(call, performAs, id, tags)),
    listNotes: (connectionId, id) => on(connectionId, (call) => listNotes(call, id)),
    writeNote: (connectionId, id, note) =>
      on(connectionId, (call, performAs) => writeNote(call, performAs, id, note)),
    deleteNote: (connectionId, id, noteId) => on(connectionId, (call) => deleteNote(call, id, noteId)),
    listTags: (connectionId) => on(connectionId, listTags),
    listWebhooks: (connectionId) => on(connectionId, listWebhooks),
    createWebhook: (connectionId, webhook) => on(connectionId, (call) => createWebhook(call, webhook)),
    deleteWebhook: (connectionId, webhookId) => on(connectionId, (call) => deleteWebhook(call, webhookId)),
  };
};
