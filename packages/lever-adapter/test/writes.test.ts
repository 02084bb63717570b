import type { NoteId, OpportunityId } from '@turn-lever/core/ids';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLeverWorld, type LeverWorld } from '../testing/lever-world.ts';

let world: LeverWorld;
beforeEach(async () => {
  world = await createLeverWorld();
});
afterEach(() => world.close());

const add = (given: Partial<Parameters<LeverWorld['account']['addOpportunity']>[0]> = {}) =>
  world.account.addOpportunity({ name: 'Ada Example', ...given }).id as OpportunityId;
const entries = (route: string) => world.lever.journal.entries({ route });
const aNote = { text: 'Turn ID: C0000000001', isSecret: false, notifyFollowers: false };
const addTags = 'POST /v1/opportunities/:id/addTags';
const removeTags = 'POST /v1/opportunities/:id/removeTags';
const postNote = 'POST /v1/opportunities/:id/notes';

describe('tags', () => {
  test('written one after the other, new first and old after, leave exactly the new one and those of others', async () => {
    const id = add({ tags: ['Engineering', 'TurnStatus:Initiated'], postingTags: ['Full-time'] });
    const { ats, connectionId } = world;
    const shown = await ats.addTag(connectionId, id, 'TurnStatus:Clear');
    expect(shown.toSorted()).toEqual([
      'Engineering',
      'Full-time',
      'TurnStatus:Clear',
      'TurnStatus:Initiated',
    ]);
    const left = await ats.removeTags(connectionId, id, ['TurnStatus:Initiated']);
    expect(left.toSorted()).toEqual(['Engineering', 'Full-time', 'TurnStatus:Clear']);
  });

  test('inherited from the posting stay although Lever answers 200, and the answer shows it', async () => {
    const id = add({ postingTags: ['TurnStatus:Clear'] });
    const left = await world.ats.removeTags(world.connectionId, id, ['TurnStatus:Clear']);
    expect(left).toEqual(['TurnStatus:Clear']);
    expect(entries(removeTags).map(({ status }) => status)).toEqual([200]);
  });

  test('are read from the answer of a write, whose blank contact is never read', async () => {
    const id = add({ emails: ['ada@example.com'] });
    const blanked = {
      id,
      name: '',
      emails: 'none',
      phones: null,
      tags: ['TurnStatus:Clear'],
      archived: 'yes',
    };
    world.lever.faults.add({
      route: addTags,
      kind: { kind: 'status', status: 200, body: { data: blanked } },
    });
    const tags = await world.ats.addTag(world.connectionId, id, 'TurnStatus:Clear');
    expect(tags).toEqual(['TurnStatus:Clear']);
    const reading = await world.ats.readOpportunity(world.connectionId, id);
    expect(reading).toMatchObject({ opportunity: { name: 'Ada Example', emails: ['ada@example.com'] } });
  });

  test('come back from a write without what Postgres refuses', async () => {
    const body = { data: { tags: ['Turn\0Status:Clear', '\ud800'] } };
    world.lever.faults.add({ route: addTags, kind: { kind: 'status', status: 200, body } });
    const tags = await world.ats.addTag(world.connectionId, add(), 'TurnStatus:Clear');
    expect(tags).toEqual(['TurnStatus:Clear', '\ufffd']);
  });

  test('that are missing from the answer of a write leave its outcome unknown', async () => {
    const id = add();
    world.lever.faults.add({
      route: addTags,
      kind: { kind: 'wrong-json', commit: true, body: { data: { id } } },
    });
    const adding = world.ats.addTag(world.connectionId, id, 'TurnStatus:Clear');
    await expect(adding).rejects.toMatchObject({ code: 'unavailable' });
    await expect(world.ats.addTag(world.connectionId, id, 'TurnStatus:Clear')).resolves.toHaveLength(1);
  });
});

describe('notes', () => {
  test('reach Lever with their text, their secrecy and whether followers are told', async () => {
    const id = add();
    await world.ats.writeNote(world.connectionId, id, { ...aNote, isSecret: true, notifyFollowers: true });
    await world.ats.writeNote(world.connectionId, id, aNote);
    expect(world.account.opportunity(id).notes).toMatchObject([
      { value: aNote.text, secret: true, notifyFollowers: true },
      { value: aNote.text, secret: false, notifyFollowers: false },
    ]);
  });

  test.each([
    ['as the documentation promises', { noteId: 'note-7' }],
    ['as live answers have it', { id: 'note-7', noteId: 'note-7', text: 'Note', fields: [] }],
    ['alone', { id: 'note-7' }],
  ])('take their id from the answer %s', async (_, data) => {
    world.lever.faults.add({ route: postNote, kind: { kind: 'status', status: 201, body: { data } } });
    expect(await world.ats.writeNote(world.connectionId, add(), aNote)).toBe('note-7');
  });

  test('without an id in the answer have an unknown outcome', async () => {
    world.lever.faults.add({ route: postNote, kind: { kind: 'status', status: 201, body: { data: {} } } });
    const writing = world.ats.writeNote(world.connectionId, add(), aNote);
    await expect(writing).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('are listed by their first comment, also those of people, without the deleted ones', async () => {
    const id = add();
    const byPerson = world.account.addNote(id, 'Please hurry');
    const deleted = { id: 'gone', fields: [{ value: 'gone' }], deletedAt: 1526925087354 };
    const thread = { id: 'thread', fields: [{ value: 'first' }, { value: 'second' }], deletedAt: null };
    expect(await world.ats.listNotes(world.connectionId, id)).toEqual([
      { id: byPerson, text: 'Please hurry' },
    ]);
    world.lever.faults.add({
      route: 'GET /v1/opportunities/:id/notes',
      kind: { kind: 'status', status: 200, body: { data: [deleted, thread, { id: 'empty', fields: [] }] } },
    });
    expect(await world.ats.listNotes(world.connectionId, id)).toEqual([
      { id: 'thread', text: 'first' },
      { id: 'empty', text: '' },
    ]);
  });

  test('beyond one page are all listed', async () => {
    const id = add();
    for (let n = 0; n < 130; n += 1) world.account.addNote(id, `note ${n}`);
    expect(await world.ats.listNotes(world.connectionId, id)).toHaveLength(130);
  });

  test('that are long are all listed: no page of them exceeds the largest answer', async () => {
    const id = add();
    for (let n = 0; n < 50; n += 1) world.account.addNote(id, `${n} ${'x'.repeat(40_000)}`);
    expect(await world.ats.listNotes(world.connectionId, id)).toHaveLength(50);
  });

  test('of people cannot be deleted by us: forbidden, and still there', async () => {
    const id = add();
    const noteId = world.account.addNote(id, 'Please hurry') as NoteId;
    const deleting = world.ats.deleteNote(world.connectionId, id, noteId);
    await expect(deleting).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe("in a Lever user's name", () => {
  const user = (name: string): string => {
    const found = world.account.users().find((one) => one.name === name);
    if (found === undefined) throw new Error(`Expected a user ${name}.`);
    return found.id;
  };
  const createAtsAs = (performAs: string) =>
    world.createAts({ connectionOf: async () => ({ environment: 'sandbox', performAs }) });

  test('writes go with perform_as as a query parameter, reads and deletions without', async () => {
    const id = add();
    const ats = createAtsAs(user('Tim Teammember'));
    const noteId = await ats.writeNote(world.connectionId, id, aNote);
    await ats.addTag(world.connectionId, id, 'a');
    await ats.removeTags(world.connectionId, id, ['a']);
    await ats.listNotes(world.connectionId, id);
    await ats.deleteNote(world.connectionId, id, noteId);
    expect(world.account.opportunity(id).notes).toMatchObject([{ user: user('Tim Teammember') }]);
    const withUser = world.lever.journal
      .entries()
      .filter(({ path }) => path.includes('perform_as='))
      .map(({ route }) => route);
    expect(withUser).toEqual([postNote, addTags, removeTags]);
  });

  test.each([
    ['has left', 'Gone Formerly'],
    ['never was', null],
  ])("a user who %s does not stop a write: it goes in nobody's name, once", async (_, name) => {
    const id = add();
    const ats = createAtsAs(name === null ? 'no-such-user' : user(name));
    await ats.writeNote(world.connectionId, id, aNote);
    expect(world.account.opportunity(id).notes).toMatchObject([{ user: null }]);
    expect(entries(postNote).map(({ status }) => status)).toEqual([403, 201]);
  });

  test.each([
    [400, 201],
    [403, 201],
    [404, 201],
  ])('a refusal with %s is tried once without the user', async (...statuses) => {
    const id = add();
    world.lever.faults.add({ route: postNote, kind: { kind: 'status', status: statuses[0] } });
    await createAtsAs(user('Tim Teammember')).writeNote(world.connectionId, id, aNote);
    expect(entries(postNote).map(({ status }) => status)).toEqual(statuses);
  });

  test.each([
    [429, 'rate-limited'],
    [500, 'unavailable'],
  ])('an answer of %s is no refusal of the user and is not tried again', async (status, code) => {
    world.lever.faults.add({ route: postNote, kind: { kind: 'status', status } });
    const writing = createAtsAs(user('Tim Teammember')).writeNote(world.connectionId, add(), aNote);
    await expect(writing).rejects.toMatchObject({ code });
    expect(entries(postNote)).toHaveLength(1);
  });

  test('a candidate who is gone is not found, user or not', async () => {
    const id = add();
    world.account.deleteOpportunity(id);
    const writing = createAtsAs(user('Tim Teammember')).addTag(world.connectionId, id, 'a');
    await expect(writing).rejects.toMatchObject({ code: 'not-found' });
  });
});
