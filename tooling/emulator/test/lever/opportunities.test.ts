import { expect, test } from 'vitest';
import { neededScopes } from '../../src/lever/oauth/scopes.ts';
import { leverWorld, type World } from './lever-world.ts';

const names = (answer: { body: { data: { name: string }[] } }) => answer.body.data.map(({ name }) => name);

async function list(world: World, query: string): Promise<string[]> {
  const answer = await world.api('GET', `/opportunities?${query}`);
  expect(answer.status).toBe(200);
  return names(answer);
}

test('an opportunity has the documented fields, and its contact has its own', async () => {
  const { account, api, apiWith } = await leverWorld();
  const { id, contactId } = account.addOpportunity({
    name: 'Ada Example',
    emails: ['ada@example.com'],
    phones: ['(555) 010-0100'],
    tags: ['Full-time'],
    stage: 'Reference Check',
  });
  const { body } = await api('GET', `/opportunities/${id}`);
  expect(body.data).toMatchObject({
    id,
    name: 'Ada Example',
    contact: contactId,
    emails: ['ada@example.com'],
    phones: [{ type: 'mobile', value: '(555) 010-0100' }],
    tags: ['Full-time'],
    archived: null,
    isAnonymized: false,
    opportunityLocation: 'unspecified',
  });
  expect(body.data.stageChanges.at(-1).toStageId).toBe(body.data.stage);
  const contact = await apiWith(['contact:read:admin'])('GET', `/contacts/${contactId}`);
  expect(contact.body.data).toMatchObject({ id: contactId, location: { name: '' } });
});

test('the list goes by pipeline position, then by latest arrival, archived ones included', async () => {
  const world = await leverWorld();
  const add = (name: string, stage: string, at: number, archived = false) =>
    world.account.addOpportunity({ name, stage, at, archived });
  add('late offer', 'Offer', 2000);
  add('early lead', 'lead-new', 1000);
  add('late lead', 'lead-new', 3000, true);
  expect(await list(world, '')).toEqual(['late lead', 'early lead', 'late offer']);
});

test('pages are fetched with the token exactly as given, encoded once more on the wire', async () => {
  const world = await leverWorld();
  for (let index = 0; index < 5; index += 1)
    world.account.addOpportunity({ name: `n${index}`, at: 1000 + index });
  const first = await world.api('GET', '/opportunities?limit=2');
  expect(first.body.hasNext).toBe(true);
  expect(first.body.next).toMatch(/^%5B0%2C1003%2C%22/);
  const wanted = `limit=2&offset=${encodeURIComponent(first.body.next)}`;
  expect(await list(world, wanted)).toEqual(['n2', 'n1']);
  const decoded = await world.api('GET', `/opportunities?limit=2&offset=${first.body.next}`);
  expect(decoded.status).toBe(400);
  const otherFilters = await world.api('GET', `/opportunities?${wanted}&archived=false`);
  expect(otherFilters.status).toBe(400);
  expect(otherFilters.body.message).toContain('Offset token is invalid for sort');
});

test('the last page says there is no next one', async () => {
  const world = await leverWorld();
  world.account.addOpportunity({ name: 'only' });
  const { body } = await world.api('GET', '/opportunities?limit=1');
  expect(body.hasNext).toBe(false);
  expect(body).not.toHaveProperty('next');
});

test.each(['0', '101', 'many', '1.5'])('a limit of %s is a bad request', async (limit) => {
  const { api } = await leverWorld();
  expect((await api('GET', `/opportunities?limit=${limit}`)).status).toBe(400);
});

test('filters: stage and tag repeat as OR, tags are case-sensitive, different filters combine with AND', async () => {
  const world = await leverWorld();
  const add = (name: string, stage: string, tags: string[]) =>
    world.account.addOpportunity({ name, stage, tags });
  add('a', 'lead-new', ['Full-time']);
  add('b', 'offer', ['Full-Time']);
  add('c', 'applicant-new', ['Full-time', 'x']);
  expect(await list(world, 'tag=Full-time')).toEqual(['a', 'c']);
  expect(await list(world, 'tag=Full-Time&tag=x')).toEqual(['c', 'b']);
  expect(await list(world, 'stage_id=lead-new&stage_id=offer')).toEqual(['a', 'b']);
  expect(await list(world, 'stage_id=lead-new&tag=x')).toEqual([]);
});

test('filters: archived, contact and times of arrival and change, both ends included', async () => {
  const world = await leverWorld();
  const one = world.account.addOpportunity({ name: 'one', at: 1000 });
  world.account.addOpportunity({ name: 'same person', at: 2000, contactId: one.contactId });
  world.account.addOpportunity({ name: 'gone', at: 3000, archived: true });
  expect(await list(world, 'archived=true')).toEqual(['gone']);
  expect(await list(world, `archived=false&contact_id=${one.contactId}`)).toHaveLength(2);
  expect(await list(world, 'advanced_at_start=1000&advanced_at_end=1000')).toEqual(['one']);
  expect(await list(world, 'updated_at_start=3000')).toEqual(['gone']);
  expect((await world.api('GET', '/opportunities?advanced_at_start=yesterday')).status).toBe(400);
});

test('confidential opportunities need their scope: left out of lists, 403 when read', async () => {
  const world = await leverWorld();
  const { id } = world.account.addOpportunity({ name: 'Secret', confidentiality: 'confidential' });
  expect(await list(world, 'confidentiality=all')).toEqual([]);
  expect((await world.api('GET', `/opportunities/${id}`)).status).toBe(403);
  expect((await world.api('POST', `/opportunities/${id}/notes`, { value: 'x' })).status).toBe(403);
  const sees = world.apiWith([...neededScopes, 'confidential:access:admin']);
  expect((await sees('GET', `/opportunities/${id}`)).status).toBe(200);
  expect(names(await sees('GET', '/opportunities'))).toEqual([]);
  expect(names(await sees('GET', '/opportunities?confidentiality=all'))).toEqual(['Secret']);
});

test('a deleted opportunity is 404 and stands in the list of deletions', async () => {
  const world = await leverWorld();
  const { id } = world.account.addOpportunity({ name: 'Gone' });
  world.account.deleteOpportunity(id);
  const answer = await world.api('GET', `/opportunities/${id}`);
  expect(answer.status).toBe(404);
  expect(answer.body).toEqual({ code: 'ResourceNotFound', message: `opportunities ${id} was not found` });
  const deleted = await world.api('GET', '/opportunities/deleted');
  expect(deleted.body.data).toMatchObject([{ id, deletedAt: expect.any(Number) }]);
});

test('an anonymised opportunity keeps tags and notes and loses name, e-mail and phone', async () => {
  const world = await leverWorld();
  const { id } = world.account.addOpportunity({
    name: 'Ada Example',
    emails: ['ada@example.com'],
    tags: ['TurnStatus:Clear'],
  });
  world.account.addNote(id, 'kept');
  world.account.anonymise(id);
  const { body } = await world.api('GET', `/opportunities/${id}`);
  expect(body.data).toMatchObject({ name: '', emails: [], isAnonymized: true, tags: ['TurnStatus:Clear'] });
  expect(world.account.opportunity(id).notes).toHaveLength(1);
});

test('tag, stage and archive writes answer with blank contact data and no location', async () => {
  const { account, api, apiWith } = await leverWorld();
  const { id } = account.addOpportunity({
    name: 'Ada Example',
    emails: ['ada@example.com'],
    phones: ['5550100'],
  });
  const reasons = await apiWith(['archive_reasons:read:admin'])('GET', '/archive_reasons');
  const answers = [
    await api('POST', `/opportunities/${id}/addTags`, { tags: ['x'] }),
    await api('POST', `/opportunities/${id}/removeTags`, { tags: ['x'] }),
    await api('PUT', `/opportunities/${id}/stage`, { stage: 'offer' }),
    await api('PUT', `/opportunities/${id}/archived`, { reason: reasons.body.data[0].id }),
  ];
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ id, name: '', headline: '', phones: [], emails: [] });
    expect(body.data).not.toHaveProperty('opportunityLocation');
  }
  const links = await api('POST', `/opportunities/${id}/addLinks`, { links: ['https://example.com'] });
  expect(links.body.data).toMatchObject({ name: 'Ada Example', links: ['https://example.com'] });
  expect(account.opportunity(id)).toMatchObject({ name: 'Ada Example', stage: 'offer' });
  expect(account.opportunity(id).archived).not.toBeNull();
});

test('tags are a set; an inherited one is not removed although the call succeeds', async () => {
  const { account, api } = await leverWorld();
  const { id } = account.addOpportunity({ name: 'Ada', postingTags: ['TurnPackage:P1:Basic'] });
  await api('POST', `/opportunities/${id}/addTags`, { tags: ['b', 'b', 'B'] });
  await api('POST', `/opportunities/${id}/addTags`, { tags: ['b'] });
  expect(account.opportunity(id).tags).toEqual(['TurnPackage:P1:Basic', 'b', 'B']);
  const removed = await api('POST', `/opportunities/${id}/removeTags`, {
    tags: ['TurnPackage:P1:Basic', 'b'],
  });
  expect(removed.status).toBe(200);
  expect(removed.body.data.tags).toEqual(['TurnPackage:P1:Basic', 'B']);
});

test.each([[{}], [{ tags: 'x' }], [{ tags: [1] }], [{ tags: [' '] }], [[]], ['text'], [null]])(
  'addTags refuses the body %j',
  async (body) => {
    const { account, api } = await leverWorld();
    const { id } = account.addOpportunity({ name: 'Ada' });
    expect((await api('POST', `/opportunities/${id}/addTags`, body)).status).toBe(400);
    expect(account.opportunity(id).tags).toEqual([]);
  },
);

test('perform_as is accepted for an active user and refused for an unknown or deactivated one', async () => {
  const { account, api } = await leverWorld();
  const { id } = account.addOpportunity({ name: 'Ada' });
  const user = account.users()[0]?.id ?? '';
  const addTags = (as: string) =>
    api('POST', `/opportunities/${id}/addTags?perform_as=${as}`, { tags: ['x'] });
  expect((await addTags(user)).status).toBe(200);
  expect((await addTags('nobody')).status).toBe(403);
  account.deactivateUser(user);
  expect((await addTags(user)).status).toBe(403);
});

test('include leaves only those fields, expand turns ids into objects', async () => {
  const { account, api } = await leverWorld();
  const { id, contactId } = account.addOpportunity({ name: 'Ada' });
  const { body } = await api('GET', `/opportunities/${id}?include=tags&expand=contact&expand=stage`);
  expect(Object.keys(body.data).sort()).toEqual(['contact', 'id', 'stage', 'tags']);
  expect(body.data.contact.id).toBe(contactId);
  expect(body.data.stage).toEqual({ id: 'lead-new', text: 'New lead' });
});

test('stages come in pipeline order, follow renames and vanish when deleted', async () => {
  const { account, api } = await leverWorld();
  const { data, hasNext } = (await api('GET', '/stages')).body;
  expect(data[0]).toEqual({ id: 'lead-new', text: 'New lead' });
  expect(hasNext).toBe(false);
  const added = account.addStage({ text: 'Background Check' });
  account.renameStage(added.id, 'Screening');
  expect((await api('GET', `/stages/${added.id}`)).body.data).toEqual({ id: added.id, text: 'Screening' });
  account.deleteStage('Screening');
  const gone = await api('GET', `/stages/${added.id}`);
  expect(gone.status).toBe(404);
  expect(gone.body.message).toBe(`stages ${added.id} was not found`);
});

test('tags are counted, users hide the deactivated unless asked', async () => {
  const { account, api, apiWith } = await leverWorld();
  account.addOpportunity({ name: 'a', tags: ['x', 'y'] });
  account.addOpportunity({ name: 'b', tags: ['x'] });
  expect((await api('GET', '/tags')).body.data).toEqual([
    { text: 'x', count: 2 },
    { text: 'y', count: 1 },
  ]);
  const users = apiWith(['users:read:admin']);
  expect((await users('GET', '/users')).body.data).toHaveLength(2);
  expect((await users('GET', '/users?includeDeactivated=true')).body.data).toHaveLength(3);
});
