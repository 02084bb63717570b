import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { Fault } from '../../src/http/fault-plan.ts';
import { leverWorld } from '../lever/lever-world.ts';

const NOTES = 'POST /v1/opportunities/:id/notes';

async function faultWorld(fault: Fault & { times?: number }) {
  const { lever, account, api } = await leverWorld();
  const { id } = account.addOpportunity({ name: 'Ada Example' });
  lever.faults.add({ route: NOTES, ...fault });
  return {
    lever,
    post: () => api('POST', `/opportunities/${id}/notes`, { value: 'x' }),
    noteCount: () => account.opportunity(id).notes.length,
    entry: () => lever.journal.entries({ route: NOTES })[0],
  };
}

test.each([
  ['reset-before-reading', 0],
  ['reset-after-committing', 1],
] as const)('%s: the connection is reset, %i notes are made', async (kind, notes) => {
  const { lever, post, noteCount, entry } = await faultWorld({ kind });
  await expect(post()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  expect(noteCount()).toBe(notes);
  expect(entry()).toMatchObject({ status: null, fault: kind, committed: notes === 1 });
  expect(lever.faults.fired).toMatchObject([{ kind, route: NOTES }]);
  expect((await post()).status).toBe(201);
});

test('status: answers so, with the headers asked for, and makes nothing', async () => {
  const { post, noteCount, entry } = await faultWorld({
    kind: 'status',
    status: 429,
    body: { code: 'TooManyRequests', message: 'slow down' },
    headers: { 'retry-after': '3' },
  });
  const answer = await post();
  expect(answer).toMatchObject({ status: 429, body: { code: 'TooManyRequests' } });
  expect(answer.headers.get('retry-after')).toBe('3');
  expect(noteCount()).toBe(0);
  expect(entry()).toMatchObject({ status: 429, committed: false });
});

test('status: a redirect can be answered', async () => {
  const { post } = await faultWorld({
    kind: 'status',
    status: 302,
    headers: { location: 'https://example.com/' },
  });
  const answer = await post();
  expect(answer.status).toBe(302);
  expect(answer.headers.get('location')).toBe('https://example.com/');
});

test('status-after-committing: makes the note and answers with the error', async () => {
  const { post, noteCount, entry } = await faultWorld({ kind: 'status-after-committing', status: 503 });
  expect((await post()).status).toBe(503);
  expect(noteCount()).toBe(1);
  expect(entry()).toMatchObject({ status: 503, committed: true });
});

test('half-body: makes the note and breaks off in the middle of the answer', async () => {
  const { post, noteCount } = await faultWorld({ kind: 'half-body' });
  await expect(post()).rejects.toThrow('terminated');
  expect(noteCount()).toBe(1);
});

test.each([false, true])('html: 200 with a page, note made: %s', async (commit) => {
  const { post, noteCount } = await faultWorld({ kind: 'html', commit });
  const answer = await post();
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/html');
  expect(noteCount()).toBe(commit ? 1 : 0);
});

test('wrong-json: 200 with an empty object', async () => {
  const { post, noteCount } = await faultWorld({ kind: 'wrong-json' });
  expect(await post()).toMatchObject({ status: 200, body: {} });
  expect(noteCount()).toBe(0);
});

test.each([false, true])('no-answer: silent until the client gives up, note made: %s', async (commit) => {
  const { lever, post, noteCount, entry } = await faultWorld({ kind: 'no-answer', commit });
  const answer = post().then(
    () => 'answered',
    () => 'broken off',
  );
  await vi.waitFor(() => expect(lever.faults.fired).toHaveLength(1));
  await vi.waitFor(() => expect(noteCount()).toBe(commit ? 1 : 0));
  expect(await Promise.race([answer, sleep(50, 'silent')])).toBe('silent');
  expect(entry()?.status).toBeNull();
  await lever.close();
  expect(await answer).toBe('broken off');
});

test('delay: the request is carried out later than one that came after it', async () => {
  const { lever, api, account } = await leverWorld();
  const { id } = account.addOpportunity({ name: 'Ada Example' });
  lever.faults.add({ route: NOTES, kind: 'delay', ms: 300 });
  const order: string[] = [];
  const delayed = api('POST', `/opportunities/${id}/notes`, { value: 'x' }).then(() => order.push('delayed'));
  await vi.waitFor(() => expect(lever.faults.fired).toHaveLength(1));
  await api('GET', '/stages').then(() => order.push('later'));
  await delayed;
  expect(order).toEqual(['later', 'delayed']);
  expect(account.opportunity(id).notes).toHaveLength(1);
});

test('slow-drip: the whole answer arrives byte by byte', async () => {
  const { post, noteCount } = await faultWorld({ kind: 'slow-drip', intervalMs: 0 });
  expect((await post()).body.data.text).toBe('Note');
  expect(noteCount()).toBe(1);
});

test('late: answers 504 at once, and the note is there later', async () => {
  const { post, noteCount, entry } = await faultWorld({ kind: 'late', ms: 50 });
  expect((await post()).status).toBe(504);
  await vi.waitFor(() => expect(noteCount()).toBe(1));
  expect(entry()).toMatchObject({ status: 504, fault: 'late', committed: true });
});

test('a fault can be narrowed down to some paths of a route, and is told by its name', async () => {
  const { lever, account, api } = await leverWorld();
  const [first, second] = ['Ada', 'Bob'].map((name) => account.addOpportunity({ name }).id);
  lever.faults.add({
    route: '*',
    where: new RegExp(`^GET /v1/opportunities/:id .*${second}`, 'u'),
    name: 'for Bob',
    kind: 'status',
    status: 503,
  });
  expect((await api('GET', `/opportunities/${first}`)).status).toBe(200);
  expect((await api('GET', `/opportunities/${second}`)).status).toBe(503);
  expect(lever.faults.fired).toMatchObject([{ name: 'for Bob', kind: 'status' }]);
});

test('a fault strikes the n-th matching call, as often as told, other routes never', async () => {
  const { lever, api } = await leverWorld();
  lever.faults.add({ route: 'GET /v1/stages', call: 2, times: 2, kind: { kind: 'status', status: 500 } });
  const statuses: number[] = [];
  for (const path of ['/stages', '/tags', '/stages', '/stages', '/stages'])
    statuses.push((await api('GET', path)).status);
  expect(statuses).toEqual([200, 200, 500, 500, 200]);
});

test('faults added one after the other strike one call each; * strikes any; clear ends them', async () => {
  const { lever, api } = await leverWorld();
  lever.faults.add({ route: '*', kind: 'status', status: 500 });
  lever.faults.add({ route: 'GET /v1/stages', kind: 'status', status: 503 });
  expect((await api('GET', '/stages')).status).toBe(500);
  expect((await api('GET', '/stages')).status).toBe(503);
  lever.faults.add({ route: '*', times: Number.POSITIVE_INFINITY, kind: 'status', status: 500 });
  expect((await api('GET', '/tags')).status).toBe(500);
  lever.faults.clear();
  expect((await api('GET', '/tags')).status).toBe(200);
  expect(lever.faults.fired).toEqual([]);
});

test('the journal keeps route, query, body and a fingerprint of the token, and can be filtered and cleared', async () => {
  const { lever, account, api } = await leverWorld();
  const { id } = account.addOpportunity({ name: 'Ada' });
  await api('GET', '/stages?limit=5');
  await api('POST', `/opportunities/${id}/addTags`, { tags: ['x'] });
  const [get, post] = lever.journal.entries();
  expect(get).toMatchObject({ method: 'GET', path: '/v1/stages?limit=5', status: 200, committed: false });
  expect(post).toMatchObject({
    route: 'POST /v1/opportunities/:id/addTags',
    body: { tags: ['x'] },
    accountId: account.id,
    committed: true,
    fault: null,
  });
  expect(post?.tokenFingerprint).toMatch(/^[0-9a-f]{12}$/);
  expect(lever.journal.count('GET /v1/stages')).toBe(1);
  expect(lever.journal.entries({ method: 'POST' })).toEqual([post]);
  lever.journal.clear();
  expect(lever.journal.count()).toBe(0);
});

test.each(['{"half":', 'plain', '\u0000', '"text"'])(
  'garbage %j gets a 4xx and harms nobody',
  async (body) => {
    const { lever, account } = await leverWorld();
    const { id } = account.addOpportunity({ name: 'Ada' });
    const answer = await fetch(`${lever.apiUrl}/opportunities/${id}/notes`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${account.createGrant().accessToken}`,
      },
      body,
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ code: 'BadRequestError', message: expect.any(String) });
  },
);

test('what was planned and never struck is named, also when it was cleared meanwhile', async () => {
  const { lever, post } = await faultWorld({ kind: 'status', status: 503, times: 2 });
  await post();
  lever.faults.add({ route: NOTES, kind: 'half-body', call: 7 });
  lever.faults.clear();
  lever.faults.add({ route: NOTES, kind: 'status', status: 500, times: Infinity });
  await post();
  lever.faults.add({ route: '*', kind: 'delay', ms: 1 });
  expect(lever.faults.finish()).toEqual([
    `status on ${NOTES}, from call 1 on: struck 1 of 2 times, 1 calls came`,
    `half-body on ${NOTES}, from call 7 on: struck 0 of 1 times, 0 calls came`,
    'delay on *, from call 1 on: struck 0 of 1 times, 0 calls came',
  ]);
  expect(lever.faults.finish()).toEqual([]);
  expect((await post()).status).toBe(201);
});
