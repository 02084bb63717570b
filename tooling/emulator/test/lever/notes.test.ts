import { expect, test } from 'vitest';
import { leverWorld } from './lever-world.ts';

async function noteWorld() {
  const world = await leverWorld();
  const { id } = world.account.addOpportunity({ name: 'Ada Example' });
  return { ...world, id, path: `/opportunities/${id}/notes` };
}

test('a created note is answered 201 with the whole note and noteId beside id', async () => {
  const { account, api, id, path } = await noteWorld();
  const { status, body } = await api('POST', path, { value: 'Turn ID: C0000000001', secret: true });
  expect(status).toBe(201);
  expect(body.data.noteId).toBe(body.data.id);
  expect(body.data).toMatchObject({ text: 'Note', user: null, secret: true, deletedAt: null });
  expect(body.data.fields).toMatchObject([
    { type: 'note', text: 'Comment', value: 'Turn ID: C0000000001', stage: 'lead-new' },
  ]);
  expect(account.opportunity(id).notes).toMatchObject([
    {
      id: body.data.id,
      value: 'Turn ID: C0000000001',
      secret: true,
      notifyFollowers: false,
      createdByApi: true,
    },
  ]);
});

test('a note posted twice is two notes', async () => {
  const { account, api, id, path } = await noteWorld();
  await api('POST', path, { value: 'same' });
  await api('POST', path, { value: 'same' });
  expect(account.opportunity(id).notes).toHaveLength(2);
});

test.each([
  [{}],
  [{ value: '' }],
  [{ value: 7 }],
  [{ value: 'x', secret: 'yes' }],
  [{ value: 'x', notifyFollowers: 1 }],
  [[]],
])('a note with the body %j is refused and not made', async (input) => {
  const { account, api, id, path } = await noteWorld();
  const { status, body } = await api('POST', path, input);
  expect(status).toBe(400);
  expect(body).toEqual({ code: expect.any(String), message: expect.any(String) });
  expect(account.opportunity(id).notes).toEqual([]);
});

test('the author is the user of perform_as; an unknown one is refused', async () => {
  const { account, api, path } = await noteWorld();
  const user = account.users()[0]?.id;
  expect((await api('POST', `${path}?perform_as=${user}`, { value: 'x' })).body.data.user).toBe(user);
  expect((await api('POST', `${path}?perform_as=nobody`, { value: 'x' })).status).toBe(403);
});

test('notes are listed in pages, without deleted ones', async () => {
  const { account, api, id, path } = await noteWorld();
  const [first] = [account.addNote(id, 'one'), account.addNote(id, 'two'), account.addNote(id, 'three')];
  account.deleteNote(id, first);
  const page = await api('GET', `${path}?limit=1`);
  expect(page.body.hasNext).toBe(true);
  const rest = await api('GET', `${path}?limit=5&offset=${encodeURIComponent(page.body.next)}`);
  expect(rest.body.hasNext).toBe(false);
  const values = [...page.body.data, ...rest.body.data].map(({ fields }) => fields[0].value);
  expect(values.sort()).toEqual(['three', 'two']);
  expect((await api('GET', `${path}/${first}`)).status).toBe(404);
});

test('only notes made by API can be deleted or replaced by it', async () => {
  const { account, api, id, path } = await noteWorld();
  const theirs = account.addNote(id, 'by a person');
  expect((await api('DELETE', `${path}/${theirs}`)).status).toBe(403);
  const ours = (await api('POST', path, { value: 'ours' })).body.data.id;
  expect((await api('PUT', `${path}/${ours}`, { values: [{ value: 'changed' }] })).body).toEqual({
    data: { noteId: ours },
  });
  expect(account.opportunity(id).notes.at(-1)?.value).toBe('changed');
  const deleted = await api('DELETE', `${path}/${ours}`);
  expect(deleted.status).toBe(204);
  expect(deleted.body).toBe('');
  expect((await api('DELETE', `${path}/${ours}`)).status).toBe(404);
  expect(account.opportunity(id).notes.filter(({ deletedAt }) => deletedAt !== null)).toHaveLength(1);
});

test('note_id adds a comment to that note', async () => {
  const { account, api, id, path } = await noteWorld();
  const noteId = (await api('POST', path, { value: 'first' })).body.data.id;
  await api('POST', `${path}?note_id=${noteId}`, { value: 'second' });
  expect(account.opportunity(id).notes).toMatchObject([{ id: noteId, values: ['first', 'second'] }]);
  expect((await api('POST', `${path}?note_id=nothing`, { value: 'x' })).status).toBe(404);
});
