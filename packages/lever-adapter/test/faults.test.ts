import type { OpportunityId } from '@turn-lever/core/ids';
import type { PortError } from '@turn-lever/core/ports/port-error';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AnsweringServer, createAnsweringServer } from '../testing/answering-server.ts';
import { createLeverWorld, type LeverWorld } from '../testing/lever-world.ts';

let world: LeverWorld;
let id: OpportunityId;
beforeEach(async () => {
  world = await createLeverWorld();
  id = world.account.addOpportunity({ name: 'Canary Example', emails: ['canary@example.com'] })
    .id as OpportunityId;
});
afterEach(() => world.close());

const aNote = { text: 'canary note', isSecret: false, notifyFollowers: false };
const postNote = 'POST /v1/opportunities/:id/notes';
const getOne = 'GET /v1/opportunities/:id';
const errorOf = (promise: Promise<unknown>): Promise<PortError> =>
  promise.then(
    () => expect.unreachable(),
    (reason: PortError) => reason,
  );

describe('a write', () => {
  test.each([
    ['never arrived', { kind: 'reset-before-reading' }, 0],
    ['lost its answer', { kind: 'reset-after-committing' }, 1],
    ['came back half', { kind: 'half-body' }, 1],
    ['came back as HTML', { kind: 'html', commit: true }, 1],
    ['came back in another shape', { kind: 'wrong-json', commit: true, body: { data: [] } }, 1],
    ['came back as a server error', { kind: 'status-after-committing', status: 502 }, 1],
    ['got no answer', { kind: 'no-answer', commit: true }, 1],
    ['came back too slowly', { kind: 'slow-drip', intervalMs: 50 }, 1],
    ['was sent elsewhere for now', { kind: 'status', status: 302, headers: { location: '/v1/stages' } }, 0],
  ] as const)('that %s is unavailable and is never repeated by itself', async (_, fault, written) => {
    const ats = world.createAts({ times: { request: 300 } });
    world.lever.faults.add({ route: postNote, kind: fault });
    const error = await errorOf(ats.writeNote(world.connectionId, id, aNote));
    expect(error).toMatchObject({ name: 'PortError', code: 'unavailable', vendor: 'lever' });
    expect(world.lever.journal.count(postNote)).toBe(1);
    expect(world.account.opportunity(id).notes).toHaveLength(written);
  });
});

describe('a read', () => {
  test.each([
    ['maintenance', { kind: 'status', status: 503 }, 'unavailable'],
    ['a login page', { kind: 'html' }, 'unavailable'],
    ['an empty object', { kind: 'wrong-json' }, 'unavailable'],
    ['half an answer', { kind: 'half-body' }, 'unavailable'],
    ["a gateway's 404", { kind: 'status', status: 404, body: { message: 'Not Found' } }, 'unavailable'],
    ["a gateway's 403", { kind: 'status', status: 403, body: undefined }, 'unavailable'],
    ['a bad parameter', { kind: 'status', status: 400 }, 'rejected'],
    ['too many requests', { kind: 'status', status: 429 }, 'rate-limited'],
  ] as const)('answered with %s is %s', async (_, fault, code) => {
    world.lever.faults.add({ route: getOne, kind: fault });
    const error = await errorOf(world.ats.readOpportunity(world.connectionId, id));
    expect(error).toMatchObject({ name: 'PortError', code, vendor: 'lever' });
  });

  test('longer than what is allowed is given up', async () => {
    const ats = world.createAts({ largestAnswer: 200 });
    await expect(ats.readOpportunity(world.connectionId, id)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('of a Lever that nobody can reach is unavailable', async () => {
    const ats = world.createAtsAt('http://127.0.0.1:1');
    await expect(ats.readOpportunity(world.connectionId, id)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('with the token of the other environment is forbidden: no access, rather than a dead grant', async () => {
    const { accessToken, ...grant } = world.account.createGrant({ audience: 'https://api.lever.co/v1/' });
    world.grants.put(world.connectionId, { ...grant, accessToken, issuedAt: Date.now() });
    await expect(world.ats.listStages(world.connectionId)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('without the scope for it is forbidden', async () => {
    const connectionId = world.connect(world.account, ['offline_access', 'opportunities:read:admin']);
    await expect(world.ats.listStages(connectionId)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

test("a gateway's 404 to a deletion does not count as gone already", async () => {
  const noteId = await world.ats.writeNote(world.connectionId, id, aNote);
  const kind = { kind: 'status', status: 404, body: { message: 'Not Found' } } as const;
  world.lever.faults.add({ route: 'DELETE /v1/opportunities/:id/notes/:note', kind });
  const error = await errorOf(world.ats.deleteNote(world.connectionId, id, noteId));
  expect(error).toMatchObject({ code: 'unavailable' });
});

describe('too many requests', () => {
  test('say how long to wait where Lever does, and nothing where it does not', async () => {
    const limited = (headers: Record<string, string>) =>
      world.lever.faults.add({ route: getOne, kind: { kind: 'status', status: 429, headers } });
    limited({ 'retry-after': '7' });
    const ats = () => world.createAts();
    const asked = await errorOf(ats().readOpportunity(world.connectionId, id));
    expect(asked).toMatchObject({ code: 'rate-limited', retryAfter: 7000 });
    limited({});
    const unsaid = await errorOf(ats().readOpportunity(world.connectionId, id));
    expect(unsaid).toMatchObject({ code: 'rate-limited', retryAfter: null });
  });

  test('hold back the next call, refused at once where the wait is too long, without asking Lever', async () => {
    const ats = world.createAts({ pace: { perSecond: 1000, burst: 10, longestWait: 5000 } });
    const kind = { kind: 'status', status: 429, headers: { 'retry-after': '60' } } as const;
    world.lever.faults.add({ route: getOne, kind });
    await errorOf(ats.readOpportunity(world.connectionId, id));
    const error = await errorOf(ats.readOpportunity(world.connectionId, id));
    expect(error.code).toBe('rate-limited');
    expect(error.retryAfter).toBeGreaterThan(50_000);
    expect(world.lever.journal.count(getOne)).toBe(1);
    const other = world.connect(world.lever.createAccount());
    await expect(ats.listStages(other)).resolves.not.toEqual([]);
  });

  test('hold back the next call only as long as asked', async () => {
    const slept: number[] = [];
    const ats = world.createAts({ sleep: async (ms) => void slept.push(ms) });
    const kind = { kind: 'status', status: 429, headers: { 'retry-after': '3' } } as const;
    world.lever.faults.add({ route: getOne, kind });
    await errorOf(ats.readOpportunity(world.connectionId, id));
    await expect(ats.readOpportunity(world.connectionId, id)).resolves.toMatchObject({ kind: 'found' });
    expect(slept).toHaveLength(1);
    expect(slept[0]).toBeGreaterThan(2000);
    expect(slept[0]).toBeLessThanOrEqual(3000);
  });
});

describe('a redirect', () => {
  let elsewhere: AnsweringServer;
  beforeEach(async () => {
    elsewhere = await createAnsweringServer(() => ({ status: 201, json: { data: { id: 'note-7' } } }));
  });
  afterEach(() => elsewhere.close());

  /** An API that redirects its first calls so, and then takes the note. */
  const writeAt = async (...answers: { status: number; location?: string }[]) => {
    const server = await createAnsweringServer(({ path }) => {
      const answer = answers.shift();
      if (answer === undefined)
        return { status: 201, json: { data: { id: `note-at-${path.split('/')[1]}` } } };
      const { status, location } = answer;
      return { status, headers: location === undefined ? {} : { location } };
    });
    try {
      const ats = world.createAtsAt(`${server.url}/v1`);
      const written = await ats
        .writeNote(world.connectionId, id, aNote)
        .catch((error: PortError) => error.code);
      return { written, requests: server.requests };
    } finally {
      await server.close();
    }
  };

  test('of 301 is followed once with method, body and token, as European accounts need it', async () => {
    const { written, requests } = await writeAt({ status: 301, location: '/eu/notes' });
    expect(written).toBe('note-at-eu');
    const [first, second] = requests;
    expect(second).toMatchObject({ method: 'POST', path: '/eu/notes', body: first?.body });
    expect(second?.headers.authorization).toBe(first?.headers.authorization);
    expect(second?.headers['content-type']).toBe('application/json');
  });

  test('after a redirect is not followed', async () => {
    const again = { status: 301, location: '/eu/notes' };
    const { written, requests } = await writeAt(again, again);
    expect(written).toBe('unavailable');
    expect(requests).toHaveLength(2);
  });

  test.each([[302], [303], [307], [308]])('of %s is not followed', async (status) => {
    const { written, requests } = await writeAt({ status, location: '/eu/notes' });
    expect(written).toBe('unavailable');
    expect(requests).toHaveLength(1);
  });

  test('without an address, or with one that is none, is not followed', async () => {
    expect(await writeAt({ status: 301 })).toMatchObject({ written: 'unavailable' });
    expect(await writeAt({ status: 301, location: 'http://[' })).toMatchObject({ written: 'unavailable' });
  });

  test('to another server is not followed: the token would go with it', async () => {
    const { written } = await writeAt({ status: 301, location: `${elsewhere.url}/v1/notes` });
    expect(written).toBe('unavailable');
    expect(elsewhere.requests).toEqual([]);
  });
});

test('no error says a name, an address, a text of a note, a token or an id of a route', async () => {
  const grant = await world.grants.read(world.connectionId);
  const secrets = [
    'Canary',
    'canary',
    'example.com',
    id,
    grant?.accessToken,
    grant?.refreshToken,
    world.lever.clientSecret,
  ];
  const kinds = [
    { kind: 'html', commit: true },
    { kind: 'half-body' },
    { kind: 'reset-after-committing' },
    { kind: 'wrong-json', commit: true, body: { data: { canary: 'canary@example.com' } } },
    ...[400, 403, 404, 422, 500].map((status) => ({
      kind: 'status' as const,
      status,
      body: { message: 'canary@example.com' },
    })),
  ] as const;
  for (const kind of kinds) {
    world.lever.faults.add({ route: postNote, kind });
    const error = await errorOf(world.ats.writeNote(world.connectionId, id, aNote));
    const told = `${error.stack} ${JSON.stringify(error)} ${String(error.cause ?? '')}`;
    expect(error.message).toContain('POST /opportunities/:id/notes');
    for (const secret of secrets) expect(told).not.toContain(secret);
  }
});

test('refuses to be made with an address where tokens would travel in clear', () => {
  expect(() => world.createAtsAt('http://lever.example.com/v1')).toThrow('https');
});
