import { canary } from '@turn-lever/core/testing/canaries';
import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { eventually } from './eventually.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ databaseUrl: await createDatabase(inject('postgresUrl')) });
});
afterAll(() => world.close());

const two = ['TurnPackage:P0000000001:Standard', 'TurnPackage:P0000000002:Plus'];

describe('malformed package tag, unknown id, two packages, no e-mail, one-word name, archived, deleted, confidential, anonymised, no contact allowed', () => {
  test.each<[string, object]>([
    ['a malformed package tag', { tags: ['TurnPackage:P0000000001'] }],
    ['an unknown package id', { tags: ['TurnPackage:P9:Retired'] }],
  ])('%s: the default is ordered, and the Turn-ID note names the tag', async (_title, candidate) => {
    const account = await world.account();
    const id = account.order(candidate);
    await account.inPhase(id, 'ordered');
    expect(account.ordersOf(id)[0]?.packageId).toBeNull();
    await eventually(() => expect(account.shown(id).notes[0]).toContain(`Not a valid package tag`));
  });

  test.each<[string, string, string, object]>([
    ['two packages', 'held.package_unclear', 'TurnPackage:P0000000002:Plus', { tags: two }],
    ['no e-mail', 'held.missing_data', 'e-mail', { emails: [] }],
    ['a one-word name', 'held.missing_data', 'first and last name', { name: canary.lastName }],
  ])('R37 %s: %s, with a note and Error in Lever', async (_title, reason, words, candidate) => {
    const account = await world.account();
    const id = account.order(candidate);
    await account.held(id, reason);
    await account.showing(id, 'Error');
    await eventually(() => expect(account.shown(id).notes).toEqual([expect.stringContaining(words)]));
    expect(account.decisions(world, id)).toEqual([reason]);
    expect(account.turn.checks).toHaveLength(0);
  });

  test.each<[string, string, object]>([
    ['archived', 'ignored.archived', { archived: true }],
    ['confidential', 'ignored.confidential', { confidentiality: 'confidential' }],
    ['anonymised', 'ignored.anonymised', { isAnonymized: true }],
    [
      'no contact allowed',
      'ignored.no_contact',
      { dataProtection: { contact: { allowed: false, expiresAt: null } } },
    ],
    ['deleted', 'ignored.deleted', {}],
  ])('R38 %s: %s, and nothing in Lever', async (title, reason, candidate) => {
    const account = await world.account({ settings: { waitBeforeOrdering: title === 'deleted' ? 1 : 0 } });
    const id = account.order(candidate);
    if (title === 'deleted') account.lever.deleteOpportunity(id);
    await account.decided(world, id, reason);
    expect(account.turn.checks).toHaveLength(0);
    if (title !== 'deleted') expect(account.shown(id)).toMatchObject({ tags: [], notes: [] });
  });
});
