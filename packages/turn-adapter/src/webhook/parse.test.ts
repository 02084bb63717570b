import { expect, test } from 'vitest';
import { parseTurnWebhook } from './parse.ts';

const workerId = '3f2b7c1e-0000-4000-8000-000000000001';
const status = {
  event_id: 'b1a7c1e0-0000-4000-8000-000000000002',
  timestamp: 1_763_900_000,
  original_state: 'processing',
  state: 'pending',
  worker_id: workerId,
  worker_email: 'darth.vader@example.com',
  dashboard_url: 'http://partners.turn.ai/workers/3f2b7c1e',
};
const results = {
  partner_worker_status: 'pending',
  worker_uuid: workerId,
  turn_id: 'C0000000001',
  reference_id: 'lever-sandbox-opportunity-1-1',
  first_name: 'Darth',
  date_of_birth: '1977-05-25',
  checks: { criminal: [{ offense: 'Invented' }] },
};

test.each([
  ['status', status],
  ['status', { ...status, original_state: null }],
  ['status', { original_state: 'emailed', state: 'consent', worker_uuid: workerId }],
  ['results', results],
  ['results', { ...results, worker_uuid: undefined, worker_id: workerId }],
  ['consent', { hook_type: 'CONSENT_CONFIRMATION', worker_id: workerId, turn_id: 'C0000000001' }],
  ['ssn-updated', { hook_type: 'SSN_UPDATED', worker_id: workerId, timestamp: 1 }],
])('a %s hook is reduced to its kind and the id of its check', (kind, payload) => {
  expect(parseTurnWebhook(payload)).toEqual({ kind, workerId });
});

const { worker_id: _id, ...withoutId } = status;
const { original_state: _before, ...withoutBefore } = status;
test.each([
  ['null', null],
  ['text', 'state'],
  ['a number', 1],
  ['a list', [status]],
  ['nothing in it', {}],
  ['no id', withoutId],
  ['an empty id', { ...status, worker_id: '' }],
  ['an id of 101 characters', { ...status, worker_id: 'x'.repeat(101) }],
  ['an id with NUL', { ...status, worker_id: `${workerId}\0` }],
  ['an id with half a surrogate pair', { ...status, worker_id: `${workerId}\ud800` }],
  ['an id that is an object', { ...status, worker_id: { $ne: null } }],
  ['an id that is a number', { ...status, worker_id: 7 }],
  ['no earlier state', withoutBefore],
  ['a state that is a list', { ...status, state: ['pending'] }],
  ['results without checks', { partner_worker_status: 'pending', worker_uuid: workerId }],
  ['another hook type', { hook_type: 'OTHER', worker_id: workerId }],
  ['a hook type that is an object', { hook_type: {}, worker_id: workerId }],
  ['inherited keys', Object.create(status)],
  ['a payload hidden in __proto__', JSON.parse(`{"__proto__": ${JSON.stringify(status)}}`)],
  ['keys of every object', { constructor: 'x', toString: 'y', worker_id: workerId }],
])('%s is unknown', (_name, payload) => {
  expect(parseTurnWebhook(payload)).toEqual({ kind: 'unknown' });
});

test('an id of 100 characters is taken, and a bad first spelling does not hide a good second one', () => {
  const long = 'x'.repeat(100);
  expect(parseTurnWebhook({ ...status, worker_id: long })).toEqual({ kind: 'status', workerId: long });
  expect(parseTurnWebhook({ ...status, worker_id: 7, worker_uuid: workerId })).toEqual({
    kind: 'status',
    workerId,
  });
});

test('JSON nested 100,000 deep is parsed without running out of stack', () => {
  let deep: unknown = [];
  for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
  expect(parseTurnWebhook({ ...results, checks: deep })).toEqual({ kind: 'results', workerId });
  expect(parseTurnWebhook({ ...status, worker_id: deep })).toEqual({ kind: 'unknown' });
});
