import { Buffer } from 'node:buffer';
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import process from 'node:process';
import fastify from 'fastify';
import postgres from 'postgres';

// What one writes first, and what the product is measured against: verify, INSERT, 200. No batching, no duplicates'
// count, no cache to look anything up in; connection and signature token are given to it.
const [databaseUrl, port, connectionId, signatureToken, triggerStageId] = process.argv.slice(2);
if (databaseUrl === undefined || connectionId === undefined || signatureToken === undefined)
  throw new Error('Expected: database URL, port, connection id, signature token, id of the trigger stage.');

interface Body {
  readonly token: string;
  readonly triggeredAt: number;
  readonly event: string;
  readonly signature: string;
  readonly data: { readonly opportunityId: string; readonly contactId: string; readonly toStageId: string };
}

const sql = postgres(databaseUrl, { max: 10 });
const server = fastify({ logger: false });

server.get('/readyz', async () => {
  await sql`select 1`;
  return { status: 'ready' };
});

server.post<{ Body: Body }>('/webhooks/lever/:key', async (request, reply) => {
  const { token, triggeredAt, event, signature, data } = request.body;
  const expected = createHmac('sha256', signatureToken).update(`${token}${triggeredAt}`).digest();
  const given = Buffer.from(signature, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    return reply.code(401).send({ status: 'refused' });
  const isDue = event === 'candidateStageChange' && data.toStageId === triggerStageId;
  const now = new Date();
  await sql`
    insert into naive_delivery (
      id, connection_id, source, key, content_digest, event, opportunity_id, contact_id, to_stage_id, triggered_at,
      received_at, correlation_id, state, due_at, reason, settled_at)
    values (
      ${randomUUID()}, ${connectionId}, 'webhook', ${token}, ${signature}, ${event}, ${data.opportunityId},
      ${data.contactId}, ${data.toStageId}, ${new Date(triggeredAt)}, ${now}, ${randomUUID()},
      ${isDue ? 'due' : 'settled'}, ${isDue ? new Date(now.getTime() + 3_600_000) : null},
      ${isDue ? null : 'ignored.not_trigger_stage'}, ${isDue ? null : now})`;
  return reply.code(200).send({ status: 'stored' });
});

process.once('SIGTERM', async () => {
  await server.close();
  await sql.end();
});
await server.listen({ host: '127.0.0.1', port: Number(port) });
