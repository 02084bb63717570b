import { canary } from '@turn-lever/core/testing/canaries';
import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import postgres from 'postgres';
import { expect, inject, test } from 'vitest';
import { audit } from '../auditor.ts';
import { eventually } from '../eventually.ts';
import { timesWithoutPolls } from '../quick-times.ts';
import { createWorld } from '../world.ts';

const nameOf = (url: string): string => new URL(url).pathname.slice(1);

test('R50 a backup older than ten orders is restored, five candidates have left the stage: all adopted, none ordered again', async () => {
  const adminUrl = inject('postgresUrl');
  const databaseUrl = await createDatabase(adminUrl);
  const world = await createWorld({ databaseUrl, times: timesWithoutPolls });
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    const account = await world.account();
    await world.sweptByItself(account.connectionId);
    let backup = '';
    await world.restart(async () => {
      backup = await createDatabase(adminUrl, { template: nameOf(databaseUrl) });
    });

    const states = ['emailed', 'consent', 'processing', 'review', 'pending'];
    const ids = Array.from({ length: 10 }, (_, index) =>
      account.order({ name: `${canary.name}${'abcdefghij'[index]}` }),
    );
    for (const [index, id] of ids.entries()) {
      await account.inPhase(id, 'ordered');
      await account.showing(id, 'Emailed');
      await account.atRest(id);
      const state = states[index % states.length] ?? 'emailed';
      if (state !== 'emailed') await account.turn.advance(account.ordersOf(id)[0]?.workerId ?? '', state);
    }
    await audit(world, [account]);
    for (const id of ids.slice(0, 5)) account.lever.moveOpportunity(id, 'Offer');
    await audit(world, [account]);
    const orders = world.turn.journal.count('POST /v1/person/search_async');
    expect(orders).toBe(10);
    const notes = () => ids.map((id) => account.shown(id).notes);
    const notesBefore = notes();

    await world.restart(async () => {
      await admin`drop database ${admin(nameOf(databaseUrl))} with (force)`;
      await admin`alter database ${admin(nameOf(backup))} rename to ${admin(nameOf(databaseUrl))}`;
    });
    // The backup knows of none.
    for (const id of ids) expect(await account.check(id)).toBeNull();
    await world.sweep(account.connectionId);
    for (const id of ids) {
      const check = await account.inPhase(id, 'ordered');
      expect(check.workerId).toBe(account.ordersOf(id)[0]?.workerId);
    }
    await audit(world, [account], { restored: true });
    expect(world.turn.journal.count('POST /v1/person/search_async')).toBe(orders);
    expect(account.turn.checks).toHaveLength(10);
    expect(notes()).toEqual(notesBefore);
    const open = await world.stores().incidents.listOpen(account.connectionId);
    expect(open.filter(({ kind }) => kind === 'check-adopted')).toHaveLength(10);

    // Entering again after the restore orders nothing either.
    const [first = ''] = ids;
    account.lever.moveOpportunity(first, account.stage);
    await eventually(() => expect(account.decisions(world, first)).toContain('ignored.already_ordered'));
    expect(world.turn.journal.count('POST /v1/person/search_async')).toBe(orders);
  } finally {
    await admin.end();
    await world.close();
  }
});

test.each([
  ['settled', true],
  ['open', false],
] as const)(
  'R50 a backup from between two orders of a candidate is restored, with the first %s: the second is adopted, and nothing ordered again',
  async (_first, isSettledInBackup) => {
    const adminUrl = inject('postgresUrl');
    const databaseUrl = await createDatabase(adminUrl);
    const world = await createWorld({ databaseUrl, times: timesWithoutPolls });
    const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
    try {
      const account = await world.account();
      await world.sweptByItself(account.connectionId);
      const id = account.order();
      const first = await account.inPhase(id, 'ordered');
      const settle = async () => {
        await account.turn.advance(first.workerId ?? '', 'approved');
        await account.showing(id, 'Clear');
        await account.atRest(id);
      };
      await account.showing(id, 'Emailed');
      await account.atRest(id);
      if (isSettledInBackup) await settle();
      let backup = '';
      await world.restart(async () => {
        backup = await createDatabase(adminUrl, { template: nameOf(databaseUrl) });
      });
      if (!isSettledInBackup) await settle();

      const connection = await world.stores().connections.read(account.connectionId);
      if (connection === null) throw new Error('The connection is gone.');
      const person = { id: 'person-1', accountId: connection.accountId, role: 'super-admin' } as const;
      const again = await world.program().actions.orderAgain(person, account.connectionId, first.id);
      expect(again.kind).toBe('done');
      await eventually(() => expect(account.ordersOf(id)).toHaveLength(2));
      await account.showing(id, 'Emailed');
      await account.atRest(id);
      await audit(world, [account]);
      const orders = world.turn.journal.count('POST /v1/person/search_async');
      const { notes } = account.shown(id);

      await world.restart(async () => {
        await admin`drop database ${admin(nameOf(databaseUrl))} with (force)`;
        await admin`alter database ${admin(nameOf(backup))} rename to ${admin(nameOf(databaseUrl))}`;
      });
      // The backup knows of the first only.
      expect((await account.check(id))?.orderNumber).toBe(1);
      // Where the first is open in it, Turn's next word about it comes before any sweep.
      if (isSettledInBackup) await world.sweep(account.connectionId);
      else await world.stores().checks.wake(account.connectionId, first.workerId ?? ('' as never));
      await eventually(async () =>
        expect(await account.check(id)).toMatchObject({
          orderNumber: 2,
          phase: 'ordered',
          workerId: account.ordersOf(id)[1]?.workerId,
        }),
      );
      await account.showing(id, 'Emailed');
      await account.atRest(id);
      await audit(world, [account], { restored: true });
      expect(world.turn.journal.count('POST /v1/person/search_async')).toBe(orders);
      expect(account.shown(id).notes).toEqual(notes);
      const open = await world.stores().incidents.listOpen(account.connectionId);
      expect(open.filter(({ kind }) => kind === 'check-adopted')).toHaveLength(1);
    } finally {
      await admin.end();
      await world.close();
    }
  },
);
