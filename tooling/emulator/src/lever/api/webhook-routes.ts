import { isObject, param } from '../../http/call.ts';
import { type AccountState, origins, type Webhook, webhookEvents } from '../state/account-state.ts';
import type { Courier } from '../webhooks/courier.ts';
import { newWebhook } from '../webhooks/create-webhook.ts';
import { badRequest, notFound } from './errors.ts';
import { type AddLeverRoute, type LeverCall, objectBody } from './lever-route.ts';

const READ = 'webhooks:read:admin';
const WRITE = 'webhooks:write:admin';

/** Webhook management (lever-api.md §3.5). A client sees and changes only the webhooks it made itself. */
export function addWebhookRoutes(add: AddLeverRoute, courier: Courier): void {
  // No hasNext, no signature token.
  add('GET', '/v1/webhooks', READ, (call) => ({
    status: 200,
    body: { data: ownWebhooks(call).map(webhookJson) },
  }));

  // Posting the same event and URL twice makes two webhooks.
  add('POST', '/v1/webhooks', WRITE, async (call) => {
    const body = objectBody(call);
    const { event, url } = readWebhook(body, { event: undefined, url: undefined });
    const chosen = readOrigins(body.configuration);
    const webhook = newWebhook(
      { event, url, clientId: call.grant.clientId, ...(chosen === null ? {} : { origins: chosen }) },
      call.now,
    );
    call.state.webhooks.set(webhook.id, webhook);
    if (call.state.settings.pingOnCreate || asksForPing(body.configuration))
      await courier.ping(call.state, webhook);
    const json = webhookJson(webhook);
    const configuration = { ...json.configuration, signatureToken: webhook.signatureToken };
    return { status: 201, body: { data: { ...json, configuration } } };
  });

  add('PUT', '/v1/webhooks', WRITE, (call) => {
    const { data } = objectBody(call);
    if (!Array.isArray(data)) throw badRequest('"data" must be an array of webhooks.');
    const changes = data.map((item: unknown) => {
      if (!isObject(item)) throw badRequest('Every webhook must be an object.');
      const webhook = requireOwn(call, String(item.id));
      return {
        webhook,
        ...readWebhook(item, webhook),
        origins: readOrigins(item.configuration) ?? webhook.origins,
      };
    });
    for (const { webhook, ...change } of changes) Object.assign(webhook, change, { updatedAt: call.now });
    return { status: 200, body: { data: changes.map(({ webhook }) => webhookJson(webhook)) } };
  });

  add('DELETE', '/v1/webhooks/:id', WRITE, (call) => {
    call.state.webhooks.delete(requireOwn(call, param(call, 'id')).id);
    return { status: 204 };
  });
}

function webhookJson(webhook: Webhook) {
  return {
    id: webhook.id,
    event: webhook.event,
    url: webhook.url,
    configuration: { conditions: { origins: webhook.origins } },
    createdAt: webhook.createdAt,
    updatedAt: webhook.updatedAt,
  };
}

function ownWebhooks({ state, grant }: { state: AccountState; grant: { clientId: string } }): Webhook[] {
  return [...state.webhooks.values()].filter(({ clientId }) => clientId === grant.clientId);
}

function requireOwn(call: LeverCall, id: string): Webhook {
  const webhook = ownWebhooks(call).find((candidate) => candidate.id === id);
  if (webhook === undefined) throw notFound(`webhooks ${id} was not found`);
  return webhook;
}

function readWebhook(
  body: Record<string, unknown>,
  known: { event: string | undefined; url: string | undefined },
): { event: string; url: string } {
  const event = body.event ?? known.event;
  const url = body.url ?? known.url;
  if (!webhookEvents.some((name) => name === event))
    throw badRequest('"event" must be the name of an event.');
  if (typeof url !== 'string' || !isDeliverable(url)) throw badRequest('"url" must be an https URL.');
  return { event: String(event), url };
}

/** Lever takes https only (lever-api.md §3.4); plain http on this machine is the emulator's one exception. */
function isDeliverable(text: string): boolean {
  const url = URL.parse(text);
  if (url === null) return false;
  return (
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
  );
}

function readOrigins(configuration: unknown): string[] | null {
  const conditions = isObject(configuration) ? configuration.conditions : undefined;
  const given = isObject(conditions) ? conditions.origins : undefined;
  if (given === undefined) return null;
  if (!Array.isArray(given) || !given.every((origin) => origins.some((known) => known === origin))) {
    throw badRequest(`"origins" must be a subset of ${origins.join(', ')}.`);
  }
  return given as string[];
}

function asksForPing(configuration: unknown): boolean {
  return isObject(configuration) && configuration.verifyConnection === true;
}
