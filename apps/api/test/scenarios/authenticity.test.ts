import { createSealing } from '@turn-lever/db/seal';
import { aSealing } from '@turn-lever/db/testing/a-sealing';
import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { audit } from '../auditor.ts';
import { seldomPolled } from '../quick-times.ts';
import type { TestAccount } from '../test-account.ts';
import { createWorld, type World } from '../world.ts';
import { moveSilently, post, rowsOf, settled, stageChange } from './post.ts';

const minute = 60_000;
const hour = 60 * minute;

let ahead = 0;
/** How often the program asked for the time while its clock was wrong. */
let askedWrongClock = 0;
let world: World;
beforeAll(async () => {
  world = await createWorld({
    databaseUrl: await createDatabase(inject('postgresUrl')),
    times: seldomPolled,
    now: () => {
      if (ahead !== 0) askedWrongClock += 1;
      return Date.now() + ahead;
    },
  });
});
afterAll(() => world.close());

const counters = ({ connectionId }: TestAccount) => world.stores().connections.readCounters(connectionId);
/** What another process does when it saves a connection: everybody forgets what they keep in memory. */
const tellChanged = ({ connectionId }: TestAccount) =>
  world.ask`select pg_notify('connection_changed', ${connectionId})`;

describe('A body that was tampered with', () => {
  test('R20 a valid signature on a body that names somebody already ordered: no second order, and an alert', async () => {
    const account = await world.account();
    await world.sweptByItself(account.connectionId);
    const [ordered, other] = [account.order(), account.add()];
    await account.inPhase(ordered, 'ordered');
    const captured = stageChange(account, other, { data: { opportunityId: other, toStageId: 'offer' } });
    expect(await post(account.leverUrl, captured)).toBe(200);
    const tampered = { ...captured, data: { opportunityId: ordered, toStageId: account.stage } };
    expect(await post(account.leverUrl, tampered)).toBe(200);
    await account.decided(world, ordered, 'ignored.already_ordered');
    expect(account.ordersOf(ordered)).toHaveLength(1);
    expect(await world.stores().incidents.listOpen(account.connectionId)).toContainEqual(
      expect.objectContaining({ kind: 'delivery-key-reused' }),
    );
    await audit(world, [account]);
  });
});

describe('Replay', () => {
  test('R21 a captured delivery at once and after a day: a duplicate; after its secret was replaced: 401', async () => {
    const account = await world.account();
    await world.sweptByItself(account.connectionId);
    const id = account.order();
    await account.inPhase(id, 'ordered');
    await account.atRest(id);
    const captured = account.lever.deliveries[0]?.body;
    if (captured === undefined) throw new Error('Lever delivered nothing.');
    expect(await post(account.leverUrl, captured)).toBe(200);
    ahead = 24 * hour;
    const asked = askedWrongClock;
    expect(await post(account.leverUrl, captured)).toBe(200);
    expect(askedWrongClock).toBeGreaterThan(asked);
    ahead = 0;
    expect(await world.deliveryOf(captured.token)).toMatchObject({ count: 3, reason: 'ordered' });

    await world.ask`update signature_token set valid_until = now() where connection_id = ${account.connectionId}`;
    await tellChanged(account);
    await expect.poll(() => post(account.leverUrl, captured), { timeout: 20_000 }).not.toBe(200);
    // No secret at all is left here, so Lever is asked to keep it.
    expect(await post(account.leverUrl, captured)).toBe(503);
    await addToken(account, 'the-next-secret-the-next-secret-the-next-secret0');
    await expect.poll(() => post(account.leverUrl, captured), { timeout: 20_000 }).toBe(401);
    const { refused } = await counters(account);
    expect(refused['rejected.no_secret']).toBeGreaterThan(0);
    expect(refused['rejected.signature']).toBe(1);
    expect(await rowsOf(world, captured.token)).toBe(1);
    expect(account.ordersOf(id)).toHaveLength(1);
    await audit(world, [account]);
  });

  test('R26 two secrets while one replaces the other: both are accepted, afterwards only the new one', async () => {
    const account = await world.account();
    const next = 'the-next-secret-the-next-secret-the-next-secret1';
    await world.ask`update signature_token set valid_until = now() + interval '1 day' where connection_id = ${account.connectionId}`;
    await addToken(account, next);
    for (const signatureToken of [account.signatureToken, next, account.signatureToken, next]) {
      expect(await post(account.leverUrl, stageChange({ ...account, signatureToken }, 'o-1', notOurs))).toBe(
        200,
      );
    }
    await world.ask`update signature_token set valid_until = now() where connection_id = ${account.connectionId} and valid_until is not null`;
    await tellChanged(account);
    await expect
      .poll(() => post(account.leverUrl, stageChange(account, 'o-1', notOurs)), { timeout: 20_000 })
      .toBe(401);
    expect(
      await post(account.leverUrl, stageChange({ ...account, signatureToken: next }, 'o-1', notOurs)),
    ).toBe(200);
    expect((await counters(account)).refused['rejected.signature']).toBe(1);
    await audit(world, [account]);
  });
});

/** A stage that starts nothing: stored, and settled on arrival. */
const notOurs = { data: { opportunityId: 'o-1', toStageId: 'offer' } };

const addToken = async (account: TestAccount, token: string, seal = aSealing()): Promise<void> => {
  const sealed = await seal.seal(token, { connectionId: account.connectionId, column: 'signature_token' });
  await world.ask`insert into signature_token (id, connection_id, sealed, origin)
    values (${`token-${token.slice(-1)}-${account.connectionId}`}, ${account.connectionId}, ${sealed}, 'pasted')`;
  await tellChanged(account);
};

describe('triggeredAt', () => {
  const accepted = 200;
  const refused = 401;
  test.each<[string, () => unknown, number, string | null]>([
    ['an hour ahead', () => Date.now() + hour, accepted, null],
    ['ten years ahead', () => Date.now() + 10 * 365 * 24 * hour, refused, 'rejected.clock'],
    ['the largest safe number', () => Number.MAX_SAFE_INTEGER, refused, 'rejected.clock'],
    ['zero', () => 0, accepted, null],
    ['in seconds', () => Math.floor(Date.now() / 1000), accepted, null],
    ['text of digits', () => String(Date.now()), accepted, null],
    ['negative', () => -1, refused, 'rejected.malformed'],
    ['a fraction', () => 1.5, refused, 'rejected.malformed'],
    ['1e308', () => 1e308, refused, 'rejected.malformed'],
    ['text of words', () => 'yesterday', refused, 'rejected.malformed'],
    ['a list', () => [Date.now()], refused, 'rejected.malformed'],
  ])('R22 %s, correctly signed', async (_title, make, status, reason) => {
    const account = await world.account();
    const triggeredAt = make() as number;
    const body = stageChange(account, 'o-1', { ...notOurs, triggeredAt });
    expect(await post(account.leverUrl, body)).toBe(status);
    expect(await rowsOf(world, body.token)).toBe(status === accepted ? 1 : 0);
    expect((await counters(account)).refused).toEqual(reason === null ? {} : { [reason]: 1 });
    await audit(world, [account]);
  });
});

describe('Our clock is wrong', () => {
  test.each([
    ['ahead', 10 * minute],
    ['behind', -10 * minute],
  ])('R23 ten minutes %s: genuine deliveries pass and are ordered once', async (_title, skew) => {
    const account = await world.account();
    await world.sweptByItself(account.connectionId);
    await world.setOrderingSince(account.connectionId, Date.now() - hour);
    const id = account.add();
    ahead = skew;
    try {
      const [delivery] = account.lever.moveOpportunity(id, account.stage);
      const token = delivery?.body.token ?? '';
      await world.lever.idle();
      expect(delivery?.attempts.map(({ status }) => status)).toEqual([200]);
      expect((await counters(account)).refused).toEqual({});
      ahead = 0;
      const [row] =
        await world.ask`select round(extract(epoch from received_at - now()) / 60)::int::text as minutes from delivery where key = ${token}`;
      expect(Number(row?.minutes)).toBe(skew / minute);
      // Due by our clock: the database's arrives there ten minutes later.
      await world.ask`update delivery set due_at = now() where key = ${token} and state = 'due'`;
      expect((await settled(world, token)).reason).toBe('ordered');
    } finally {
      ahead = 0;
    }
    expect(account.ordersOf(id)).toHaveLength(1);
    await audit(world, [account]);
  });
});

describe('Secrets', () => {
  test('R14 before a secret is saved: a ping 200, an event 503 and counted; once it is saved the next try is ordered', async () => {
    const account = await world.account();
    await world.sweptByItself(account.connectionId);
    await world.ask`delete from signature_token where connection_id = ${account.connectionId}`;
    await tellChanged(account);
    await expect
      .poll(() => post(account.leverUrl, stageChange(account, 'o-1', notOurs)), { timeout: 20_000 })
      .toBe(503);
    world.lever.journal.clear();
    world.turn.journal.clear();
    const before = await counters(account);
    expect(await account.lever.verifyConnection(account.webhookId)).toEqual({ status: 200 });
    const id = account.add();
    moveSilently(account, id, account.stage);
    const body = stageChange(account, id);
    expect(await post(account.leverUrl, body)).toBe(503);
    const counted = await counters(account);
    expect(counted.pings).toBe(before.pings + 1);
    expect(counted.refused['rejected.no_secret']).toBe((before.refused['rejected.no_secret'] ?? 0) + 1);
    expect(await rowsOf(world, body.token)).toBe(0);
    expect(world.lever.journal.entries().filter(({ path }) => path.includes(id))).toEqual([]);
    expect(world.turn.journal.entries().filter(({ path }) => path.includes(id))).toEqual([]);

    await addToken(account, account.signatureToken);
    await expect.poll(() => post(account.leverUrl, body), { timeout: 20_000 }).toBe(200);
    expect((await settled(world, body.token)).reason).toBe('ordered');
    await audit(world, [account]);
  });

  test('R27 a secret that cannot be opened: 503, logged, never let in unverified; with the key back it is ordered', async () => {
    const account = await world.account();
    await world.sweptByItself(account.connectionId);
    const [kept] =
      await world.ask`select sealed from signature_token where connection_id = ${account.connectionId}`;
    const lost = createSealing([{ kid: 'lost', key: Uint8Array.from({ length: 32 }, () => 9) }]);
    await world.ask`delete from signature_token where connection_id = ${account.connectionId}`;
    await addToken(account, account.signatureToken, lost);
    const id = account.add();
    moveSilently(account, id, account.stage);
    const body = stageChange(account, id);
    await expect.poll(() => post(account.leverUrl, body), { timeout: 20_000 }).toBe(503);
    expect(await post(account.leverUrl, { ...body, signature: 'f'.repeat(64) })).toBe(503);
    expect(await account.lever.verifyConnection(account.webhookId)).toEqual({ status: 503 });
    expect(await rowsOf(world, body.token)).toBe(0);
    const said = world.lines.filter((line) => String(line.problem).includes('its key "lost" is not among'));
    expect(said).not.toHaveLength(0);
    expect(said[0]).toMatchObject({ level: 50, msg: 'request failed' });

    await world.ask`update signature_token set sealed = ${String(kept?.sealed)} where connection_id = ${account.connectionId}`;
    await tellChanged(account);
    await expect.poll(() => post(account.leverUrl, body), { timeout: 20_000 }).toBe(200);
    expect((await settled(world, body.token)).reason).toBe('ordered');
    await audit(world, [account]);
  });
});

describe('A flood of bad signatures', () => {
  test('R28 is answered 401, then 429; every genuine delivery among it is stored at the latest on its next try, on the same path and on others', async () => {
    const [attacked, other] = [await world.account(), await world.account()];
    const bad = () => ({ ...stageChange(attacked, 'o-1', notOurs), signature: '0'.repeat(64) });
    const answers: Promise<number>[] = [];
    const genuine: { token: string; answer: Promise<number>; again: () => Promise<number> }[] = [];
    for (let index = 0; index < 400; index += 1) {
      answers.push(post(attacked.leverUrl, bad()));
      if (index % 20 !== 10) continue;
      for (const account of [attacked, other]) {
        const body = stageChange(account, 'o-1', notOurs);
        const again = () => post(account.leverUrl, body);
        genuine.push({ token: body.token, answer: again(), again });
      }
    }
    const statuses = await Promise.all(answers);
    expect(statuses.filter((status) => ![401, 429].includes(status))).toEqual([]);
    const answered = statuses.filter((status) => status === 401).length;
    expect(answered).toBeLessThanOrEqual(120);
    expect(await Promise.all(genuine.map(({ answer }) => answer))).toEqual(Array(40).fill(200));
    for (const { token } of genuine) expect(await rowsOf(world, token)).toBe(1);
    // What was answered 429 was not written down: a flood of refusals is no flood of writes.
    expect((await counters(attacked)).refused['rejected.signature'] ?? 0).toBe(answered);
    expect((await counters(attacked)).samples).toHaveLength(Math.min(20, answered));
    expect((await counters(other)).refused).toEqual({});
    await audit(world, [attacked, other]);
  });
});
