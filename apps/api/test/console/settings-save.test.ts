import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleWorld, createConsoleWorld, resultIn } from './console-world.ts';
import { openSettings } from './settings-world.ts';

const stagesRoute = 'GET /v1/stages';
const packagesRoute = 'GET /v1/public_api/me/packages';

let world: ConsoleWorld;
beforeAll(async () => {
  world = await createConsoleWorld();
});
afterAll(() => world.close());

describe('saving settings', () => {
  test('keeps them with who and when, for the next to read; nothing is done where nothing changes', async () => {
    const page = await openSettings(world);
    const saved = await page.mutate('save', { revision: 1, change: { ordersPerHour: 7 } });
    expect(resultIn(saved)).toEqual({ kind: 'saved', revision: 2 });
    expect(await page.view()).toMatchObject({
      revision: 2,
      changedBy: { name: 'Ada Example' },
      settings: { ordersPerHour: 7, waitBeforeOrdering: 3600 },
    });
    const again = await page.mutate('save', { revision: 2, change: { ordersPerHour: 7 } });
    expect(resultIn(again)).toEqual({ kind: 'saved', revision: 2 });
    const [noEffect, begun, first] = await page.audited();
    expect([noEffect?.outcome, begun?.outcome]).toEqual(['no-effect', 'begun']);
    expect(first).toMatchObject({ before: { ordersPerHour: 50 }, after: { ordersPerHour: 7 } });
  });

  test('of two who edit the second gets both values, and who', async () => {
    const page = await openSettings(world);
    await page.mutate('save', { revision: 1, change: { ordersPerHour: 7 } });
    const late = await page.mutate('save', { revision: 1, change: { ordersPerHour: 9 } });
    expect(resultIn(late)).toMatchObject({
      kind: 'conflict',
      revision: 2,
      settings: { ordersPerHour: 7 },
      changedBy: { name: 'Ada Example' },
    });
    expect((await page.connection()).settings.ordersPerHour).toBe(7);
  });

  test.each([
    [{ ordersPerHour: 0 }, 'ordersPerHour'],
    [{ waitBeforeOrdering: 'soon' }, 'waitBeforeOrdering'],
    [{ triggerStage: ' ' }, 'triggerStage'],
    [{ triggerStage: 'a\u0000b' }, 'triggerStage'],
    [{ performAs: 'a\ud800b' }, 'performAs'],
    [{ onInvalidPackageTag: 'order' }, 'onInvalidPackageTag'],
    [{ unknown: true }, 'unknown'],
    [{ neutralAdverse: 'yes', ordersPerHour: 8 }, 'neutralAdverse'],
    [{ defaultPackageId: 'P9999999999' }, 'defaultPackageId'],
  ])('%j is answered by its name, and nothing is saved', async (change, path) => {
    const page = await openSettings(world);
    const before = await page.connection();
    const answer = resultIn<{ kind: string; issues: { path: string }[] }>(
      await page.mutate('save', { revision: 1, change }),
    );
    expect([answer.kind, answer.issues.map((issue) => issue.path)]).toEqual(['invalid', [path]]);
    expect((await page.connection()).settings).toEqual(before.settings);
  });

  test('takes a default package of the list, and any where the list cannot be read', async () => {
    const page = await openSettings(world);
    const listed = page.mutate('save', { revision: 1, change: { defaultPackageId: 'P0000000002' } });
    expect(await page.kindOf(listed)).toBe('saved');
    const other = await openSettings(world);
    world.turn.faults.add({ route: packagesRoute, kind: 'status', status: 500 });
    const unlisted = other.mutate('save', { revision: 1, change: { defaultPackageId: 'P0000000009' } });
    expect(await page.kindOf(unlisted)).toBe('saved');
  });
});

describe('another trigger stage', () => {
  test('picked from the list lets ordering begin anew; saved once more it changes nothing', async () => {
    const page = await openSettings(world);
    const before = await page.connection();
    const offer =
      page.lever.stages().find(({ text }) => text === 'Offer') ?? page.lever.addStage({ text: 'Offer' });
    const pick = { change: {}, stageId: offer.id };
    expect(resultIn(await page.mutate('save', { revision: 1, ...pick }))).toEqual({
      kind: 'saved',
      revision: 2,
    });
    const after = await page.connection();
    expect(after.triggerStage).toEqual({ kind: 'resolved', id: offer.id, name: 'Offer' });
    expect(after.settings.triggerStage).toBe('Offer');
    expect(after.orderingSince).toBeGreaterThan(before.orderingSince);
    expect(resultIn(await page.mutate('save', { revision: 2, ...pick }))).toEqual({
      kind: 'saved',
      revision: 2,
    });
    expect((await page.connection()).orderingSince).toBe(after.orderingSince);
  });

  test('may be named before Lever knows it, or while Lever does not answer', async () => {
    const page = await openSettings(world);
    const unknown = page.mutate('save', { revision: 1, change: { triggerStage: ' Screening ' } });
    expect(await page.kindOf(unknown)).toBe('saved');
    expect((await page.connection()).triggerStage).toEqual({ kind: 'missing', name: 'Screening' });
    world.lever.faults.add({ route: stagesRoute, kind: 'status', status: 500 });
    const unread = page.mutate('save', { revision: 2, change: { triggerStage: 'Later' } });
    expect(await page.kindOf(unread)).toBe('saved');
    expect((await page.connection()).triggerStage).toMatchObject({ name: 'Later' });
  });

  test('that two stages are called by is for a person to pick', async () => {
    const page = await openSettings(world);
    for (const text of ['Twice', 'twice']) page.lever.addStage({ text });
    await page.mutate('save', { revision: 1, change: { triggerStage: 'Twice' } });
    expect((await page.connection()).triggerStage).toMatchObject({ kind: 'ambiguous', name: 'Twice' });
  });

  test('that vanished is refused, and so is a picked one while Lever does not answer', async () => {
    const page = await openSettings(world);
    const before = await page.connection();
    const gone = page.lever.addStage({ text: 'Gone' });
    page.lever.deleteStage(gone.id);
    const vanished = page.mutate('save', { revision: 1, change: {}, stageId: gone.id });
    expect(await page.kindOf(vanished)).toBe('invalid');
    world.lever.faults.add({ route: stagesRoute, kind: 'status', status: 500 });
    const unread = await page.mutate('save', {
      revision: 1,
      change: { ordersPerHour: 3 },
      stageId: page.stage,
    });
    expect([unread.status, unread.text]).toEqual([503, expect.stringContaining('"unavailable"')]);
    expect((await page.connection()).settings).toEqual(before.settings);
    expect((await page.connection()).settingsRevision).toBe(1);
  });

  test('is listed in pipeline order, with who stands there', async () => {
    const page = await openSettings(world);
    const { stages } = resultIn<{ stages: unknown[] }>(await page.query('stages'));
    expect(stages).toEqual(page.lever.stages().map(({ id, text }) => ({ id, name: text })));
    page.order();
    const counted = await page.query('candidatesInStage', { stageId: page.stage });
    expect(resultIn(counted)).toEqual({ kind: 'counted', count: 1, isMore: false });
    page.lever.revokeAccess();
    expect(await page.kindOf(page.query('stages'))).toBe('reconnect-needed');
  });
});

test('the environment is fixed once Lever was authorized, and chosen before', async () => {
  const page = await openSettings(world);
  expect((await page.mutate('saveEnvironment', { environment: 'sandbox' })).status).toBe(409);
  await world.stores().connections.disconnect(page.connectionId, Date.now());
  const [fresh] = await world.stores().connections.ofAccount(page.accountId);
  const answer = await page.mutate('saveEnvironment', { connectionId: fresh?.id, environment: 'sandbox' });
  expect(answer.status).toBe(200);
});

test('packages come with their exact tag', async () => {
  const page = await openSettings(world, { packages: [{ id: 'P0000000003', name: 'Driver: MVR' }] });
  const answer = await page.browser.query('settings.packages', { accountId: page.accountId });
  expect(resultIn(answer)).toMatchObject({
    kind: 'listed',
    packages: [{ id: 'P0000000003', name: 'Driver: MVR', tag: 'TurnPackage:P0000000003:Driver: MVR' }],
  });
  const none = await openSettings(world, { packages: 'not-offered' });
  const unlisted = none.browser.query('settings.packages', { accountId: none.accountId });
  expect(await none.kindOf(unlisted)).toBe('not-offered');
});
