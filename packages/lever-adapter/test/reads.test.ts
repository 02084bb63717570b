import type { OpportunityId, StageId } from '@turn-lever/core/ids';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AnsweringServer, createAnsweringServer } from '../testing/answering-server.ts';
import { createLeverWorld, type LeverWorld } from '../testing/lever-world.ts';

let world: LeverWorld;
beforeEach(async () => {
  world = await createLeverWorld();
});
afterEach(() => world.close());

const stageId = (text: string): StageId => {
  const stage = world.account.stages().find((one) => one.text === text);
  if (stage === undefined) throw new Error(`Expected a stage ${text}.`);
  return stage.id as StageId;
};
const add = (given: Partial<Parameters<LeverWorld['account']['addOpportunity']>[0]> = {}) =>
  world.account.addOpportunity({ name: 'Ada Example', ...given }).id as OpportunityId;
const listRoute = 'GET /v1/opportunities';
const queries = () =>
  world.lever.journal
    .entries({ route: listRoute })
    .map(({ path }) => new URL(path, world.lever.url).searchParams);

describe('opportunities', () => {
  test('are known by stage ids that are slugs', async () => {
    const id = add({ stage: 'lead-new' });
    const reading = await world.ats.readOpportunity(world.connectionId, id);
    expect(reading).toMatchObject({ kind: 'found', opportunity: { stageId: 'lead-new' } });
    const found = await world.ats.listEntered(world.connectionId, 'lead-new' as StageId, 0);
    expect(found).toMatchObject([{ id }]);
  });

  test('show tags inherited from the posting beside their own', async () => {
    const id = add({ tags: ['Engineering'], postingTags: ['Full-time', 'TurnPackage:P0000000001:Basic'] });
    const reading = await world.ats.readOpportunity(world.connectionId, id);
    expect(reading).toMatchObject({
      opportunity: { tags: ['Engineering', 'Full-time', 'TurnPackage:P0000000001:Basic'] },
    });
  });

  test('that are confidential are readable once the grant has the scope', async () => {
    const scopes = ['offline_access', 'opportunities:read:admin', 'confidential:access:admin'];
    const connectionId = world.connect(world.account, scopes);
    const id = add({ confidentiality: 'confidential' });
    expect(await world.ats.readOpportunity(connectionId, id)).toMatchObject({ kind: 'found' });
    expect(await world.ats.readOpportunity(world.connectionId, id)).toEqual({ kind: 'no-access' });
  });

  test("carry Lever's own link to the profile, never one of ours", async () => {
    const id = add();
    const reading = await world.ats.readOpportunity(world.connectionId, id);
    expect(reading).toMatchObject({
      opportunity: { profileUrl: expect.stringContaining(`/candidates/${id}`) },
    });
  });

  test('are never asked for by the deprecated candidates routes', async () => {
    const id = add();
    await world.ats.readOpportunity(world.connectionId, id);
    await world.ats.listNotes(world.connectionId, id);
    await world.ats.listTagged(world.connectionId, ['a']);
    for (const { path } of world.lever.journal.entries()) expect(path).toMatch(/^\/v1\/opportunities/);
  });

  test.each([
    ['in another case', (id: string) => id.toUpperCase()],
    ['with a blank', (id: string) => `${id} `],
  ])('asked for %s are gone, even where Lever knows whom that means', async (_, respell) => {
    const id = add();
    const body = { data: { id, name: 'Ada Example' } };
    const route = 'GET /v1/opportunities/:id';
    world.lever.faults.add({ route, kind: { kind: 'status', status: 200, body }, times: 2 });
    const ask = (asked: string) => world.ats.readOpportunity(world.connectionId, asked as OpportunityId);
    expect(await ask(respell(id))).toEqual({ kind: 'gone' });
    expect(await ask(id)).toMatchObject({ kind: 'found', opportunity: { id } });
  });

  test.each(['', '.', '..', '\ud800'])(
    'with the id %j are gone, without asking another route',
    async (id) => {
      const reading = await world.ats.readOpportunity(world.connectionId, id as OpportunityId);
      expect(reading).toEqual({ kind: 'gone' });
      expect(world.lever.journal.count()).toBe(0);
    },
  );

  test.each([
    ['a/notes'],
    ['../stages'],
    ['a/../../stages'],
    ['..\\stages'],
    ['%2e%2e'],
    ['a?expand=contact'],
    ['a#b'],
  ])('with the id %j are gone, asked for by that id', async (id) => {
    const reading = await world.ats.readOpportunity(world.connectionId, id as OpportunityId);
    expect(reading).toEqual({ kind: 'gone' });
    const [entry] = world.lever.journal.entries();
    expect(entry?.path).toBe(`/v1/opportunities/${encodeURIComponent(id)}`);
  });

  test('with any id lead to the route for one opportunity and nowhere else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 30, unit: 'binary' }), async (id) => {
        world.lever.journal.clear();
        const reading = await world.ats.readOpportunity(world.connectionId, id as OpportunityId);
        expect(reading).toEqual({ kind: 'gone' });
        for (const { route } of world.lever.journal.entries())
          expect(route).toBe('GET /v1/opportunities/:id');
      }),
    );
  });
});

describe('lists', () => {
  test('of who entered a stage ask for active ones by the time of arrival', async () => {
    await world.ats.listEntered(world.connectionId, stageId('Reference Check'), 1_700_000_000_000.5);
    expect(Object.fromEntries(queries()[0] ?? [])).toEqual({
      stage_id: stageId('Reference Check'),
      archived: 'false',
      advanced_at_start: '1700000000000',
      limit: '50',
    });
  });

  test('by tag name every tag, for archived ones too', async () => {
    await world.ats.listTagged(world.connectionId, ['TurnStatus:Clear', 'a & b=c']);
    const [query] = queries();
    expect(query?.getAll('tag')).toEqual(['TurnStatus:Clear', 'a & b=c']);
    expect(query?.has('archived')).toBe(false);
  });

  test('go on to the last page, the token encoded again as it came', async () => {
    const ids = Array.from({ length: 120 }, () => add({ tags: ['paged'] }));
    const found = await world.ats.listTagged(world.connectionId, ['paged']);
    expect(found.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    const [, second, third] = queries();
    expect(second?.get('offset')).toMatch(/^%5B/);
    expect(third?.get('offset')).toMatch(/^%5B/);
    expect(queries()).toHaveLength(3);
  });

  test('give a candidate once who comes twice because they were moved meanwhile', async () => {
    const id = add({ tags: ['twice'] });
    const { body } = await rawList();
    world.lever.faults.add({
      route: listRoute,
      kind: { kind: 'status', status: 200, body: { ...body, hasNext: true, next: 'more' } },
    });
    world.lever.faults.add({
      route: listRoute,
      kind: { kind: 'status', status: 200, body: { ...body, hasNext: false } },
    });
    const found = await world.ats.listTagged(world.connectionId, ['twice']);
    expect(found.map((opportunity) => opportunity.id)).toEqual([id]);
    expect(queries()).toHaveLength(3);
  });

  test('leave out who was moved on or archived between the filter and the answer', async () => {
    add({ stage: 'lead-new' });
    add({ stage: 'offer', archived: true });
    const present = add({ stage: 'offer' });
    const { body } = await rawList();
    world.lever.faults.add({ route: listRoute, kind: { kind: 'status', status: 200, body } });
    const found = await world.ats.listEntered(world.connectionId, 'offer' as StageId, 0);
    expect(found.map(({ id }) => id)).toEqual([present]);
  });

  test('leave out a record that does not fit, while reading it alone fails', async () => {
    const odd = add({ tags: ['listed'], stage: 'offer' });
    const fine = add({ tags: ['listed'], stage: 'offer' });
    const { body } = await rawList();
    const records = body.data as readonly Record<string, unknown>[];
    const data = records.map((one) => (one.id === odd ? { ...one, tags: 'listed' } : one));
    const kind = { kind: 'status', status: 200, body: { data: [null, ...data, {}] } } as const;
    world.lever.faults.add({ route: listRoute, kind, times: 2 });
    const { ats, connectionId } = world;
    expect((await ats.listTagged(connectionId, ['listed'])).map(({ id }) => id)).toEqual([fine]);
    const entered = await ats.listEntered(connectionId, 'offer' as StageId, 0);
    expect(entered.map(({ id }) => id)).toEqual([fine]);
    const alone = { kind: 'status', status: 200, body: { data: data.find(({ id }) => id === odd) } } as const;
    world.lever.faults.add({ route: 'GET /v1/opportunities/:id', kind: alone });
    await expect(ats.readOpportunity(connectionId, odd)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('of several records none of which fits are unavailable: that is another shape, not an odd record', async () => {
    const kind = { kind: 'status', status: 200, body: { data: [{ _id: 'a' }, { _id: 'b' }] } } as const;
    world.lever.faults.add({ route: listRoute, kind });
    const listing = world.ats.listTagged(world.connectionId, ['listed']);
    await expect(listing).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('of stages leave out what Postgres refuses', async () => {
    const data = [
      { id: 'odd\0', text: 'Odd' },
      { id: 'offer', text: 'Of\0fer\ud800' },
    ];
    const kind = { kind: 'status', status: 200, body: { data } } as const;
    world.lever.faults.add({ route: 'GET /v1/stages', kind });
    expect(await world.ats.listStages(world.connectionId)).toEqual([{ id: 'offer', name: 'Offer\ufffd' }]);
  });

  test('by no tag at all do not ask for everybody', async () => {
    expect(await world.ats.listTagged(world.connectionId, [])).toEqual([]);
    expect(queries()).toEqual([]);
  });

  const invalidOffset = {
    kind: 'status',
    status: 400,
    body: { code: 'BadRequestError', message: 'Invalid offset token: Offset token is invalid for sort' },
  } as const;

  test('start over once where Lever refuses its own page token', async () => {
    const ids = Array.from({ length: 60 }, () => add({ tags: ['paged'] }));
    world.lever.faults.add({ route: listRoute, call: 2, kind: invalidOffset });
    const found = await world.ats.listTagged(world.connectionId, ['paged']);
    expect(found).toHaveLength(ids.length);
    expect(queries().map((query) => query.has('offset'))).toEqual([false, true, false, true]);
  });

  test('are unavailable where Lever refuses its page token again and again', async () => {
    for (let n = 0; n < 60; n += 1) add({ tags: ['paged'] });
    world.lever.faults.add({ route: listRoute, call: 2, kind: invalidOffset });
    world.lever.faults.add({ route: listRoute, call: 4, kind: invalidOffset });
    const listing = world.ats.listTagged(world.connectionId, ['paged']);
    await expect(listing).rejects.toMatchObject({ code: 'unavailable' });
    expect(queries()).toHaveLength(4);
  });

  test('are rejected, not read again, where Lever refuses the first page', async () => {
    world.lever.faults.add({ route: listRoute, kind: { kind: 'status', status: 400 } });
    const listing = world.ats.listTagged(world.connectionId, ['paged']);
    await expect(listing).rejects.toMatchObject({ code: 'rejected' });
    expect(queries()).toHaveLength(1);
  });

  test.each([
    ['without a token', { data: [], hasNext: true }],
    ['with an empty token', { data: [], hasNext: true, next: '' }],
    ['that are no list', { data: { stages: [] }, hasNext: false }],
    ['without data', {}],
    ['of nothing known', []],
    ['that are null', null],
  ])('that go on %s are unavailable, never cut in silence', async (_, body) => {
    world.lever.faults.add({ route: 'GET /v1/stages', kind: { kind: 'status', status: 200, body } });
    await expect(world.ats.listStages(world.connectionId)).rejects.toMatchObject({ code: 'unavailable' });
  });

  describe('that do not end', () => {
    let server: AnsweringServer;
    let nameOf: (page: number) => string;
    beforeEach(async () => {
      server = await createAnsweringServer(() => ({
        json: { data: [], hasNext: true, next: nameOf(server.requests.length) },
      }));
    });
    afterEach(() => server.close());

    test('are given up: notes with an error, since one might be missed', async () => {
      nameOf = (page) => `page-${page}`;
      const ats = world.createAtsAt(server.url);
      await expect(ats.listNotes(world.connectionId, add())).rejects.toMatchObject({ code: 'unavailable' });
      expect(server.requests).toHaveLength(100);
      await expect(ats.listTagged(world.connectionId, ['a'])).resolves.toEqual([]);
      expect(server.requests).toHaveLength(300);
    });

    test('are given up at once where the token stays the same', async () => {
      nameOf = () => 'always-this';
      const listing = world.createAtsAt(server.url).listTagged(world.connectionId, ['a']);
      await expect(listing).rejects.toMatchObject({ code: 'unavailable' });
      expect(server.requests).toHaveLength(2);
    });
  });

  test('without hasNext have one page', async () => {
    world.lever.faults.add({
      route: 'GET /v1/tags',
      kind: { kind: 'status', status: 200, body: { data: [{ text: 'a', count: 1 }] } },
    });
    expect(await world.ats.listTags(world.connectionId)).toEqual(['a']);
  });

  test('of tags tell spellings apart', async () => {
    add({ tags: ['Full-time'] });
    add({ tags: ['Full-Time', 'Full-time'] });
    const tags = await world.ats.listTags(world.connectionId);
    expect(tags.toSorted()).toEqual(['Full-Time', 'Full-time']);
  });
});

/** The first page as the emulator gives it. */
const rawList = async (): Promise<{ body: Record<string, unknown> }> => {
  const grant = await world.grants.read(world.connectionId);
  const headers = { authorization: `Bearer ${grant?.accessToken}` };
  const answer = await fetch(`${world.lever.apiUrl}/opportunities`, { headers });
  return { body: (await answer.json()) as Record<string, unknown> };
};
