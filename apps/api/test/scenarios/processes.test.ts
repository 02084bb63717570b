import { defaultWorkTimes } from '@turn-lever/db/work/start-work';
import { signDelivery } from '@turn-lever/emulator/lever/sign-delivery';
import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { startPostgres } from '@turn-lever/postgres/start-postgres';
import postgres from 'postgres';
import { describe, expect, inject, test } from 'vitest';
import { audit, quiet } from '../auditor.ts';
import { eventually } from '../eventually.ts';
import { timesWithoutPolls } from '../quick-times.ts';
import type { TestAccount } from '../test-account.ts';
import { createWorld, type World, type WorldOptions } from '../world.ts';

/** Runs a scenario in a world of its own, with somebody else's session on the same database. */
const inWorld = async (
  options: WorldOptions,
  scenario: (world: World, account: TestAccount, admin: postgres.Sql) => Promise<void>,
): Promise<void> => {
  const databaseUrl = options.databaseUrl ?? (await createDatabase(inject('postgresUrl')));
  const world = await createWorld({ times: timesWithoutPolls, ...options, databaseUrl });
  const admin = postgres(databaseUrl, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: 'somebody else', default_transaction_read_only: false },
  });
  try {
    const account = await world.account();
    await world.sweptByItself(account.connectionId);
    await scenario(world, account, admin);
    await audit(world, [account]);
  } finally {
    await admin.end();
    await world.close();
  }
};

/** Cuts every session of the program; how many. */
const cutAll = async (admin: postgres.Sql): Promise<number> =>
  (
    await admin`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`
  ).length;

const postAs = async (account: TestAccount, body: unknown): Promise<number> =>
  (
    await fetch(account.leverUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  ).status;

/** A candidate who was moved while Lever delivered nothing, and the delivery to be posted by hand. */
const undelivered = (account: TestAccount) => {
  const id = account.add();
  account.lever.settings.deliverWebhooks = false;
  account.lever.moveOpportunity(id, account.stage);
  account.lever.settings.deliverWebhooks = true;
  const data = { opportunityId: id, toStageId: account.stage };
  return { id, body: signDelivery({ signatureToken: account.signatureToken, data }) };
};

describe('sessions', () => {
  test('R83 every session of the program is cut, again and again: it lives, and orders what comes', () =>
    inWorld({}, async (world, account, admin) => {
      for (let round = 0; round < 3; round++) {
        // What a cut leaves half done waits for its lease, two minutes: the next test's business, not this one's.
        await quiet(world, [account]);
        const { id, body } = undelivered(account);
        expect(await cutAll(admin)).toBeGreaterThan(0);
        await eventually(async () => expect(await postAs(account, body)).toBe(200));
        await account.inPhase(id, 'ordered');
        await account.showing(id, 'Emailed');
      }
      expect((await fetch(`${world.url}/readyz`)).status).toBe(200);
    }));

  test('R83 sessions are cut while an order is on its way to Turn: still one', () =>
    inWorld({}, async (world, account, admin) => {
      const route = 'POST /v1/person/search_async';
      world.turn.faults.add({ route, kind: 'delay', ms: 1500 });
      const id = account.order();
      await eventually(() => expect(world.turn.journal.count(route)).toBe(1));
      expect(await cutAll(admin)).toBeGreaterThan(0);
      expect(world.turn.journal.entries({ route })[0]?.status).toBeNull();
      await account.showing(id, 'Emailed');
      expect(account.ordersOf(id)).toHaveLength(1);
      expect(world.turn.journal.count(route)).toBe(1);
    }));

  test('R84 a server that became read-only: 503 and nothing half applied; all is made good afterwards', () =>
    inWorld({}, async (world, account, admin) => {
      const [row] = await admin`select current_database() as name`;
      const { id, body } = undelivered(account);
      await admin`alter database ${admin(row?.name)} set default_transaction_read_only = on`;
      expect(await cutAll(admin)).toBeGreaterThan(0);
      await expect(world.ask`create table refused (id int)`).rejects.toMatchObject({ code: '25006' });
      await eventually(async () => expect(await postAs(account, body)).toBe(503));
      const [refused] = await admin`select count(*)::int as rows from delivery where key = ${body.token}`;
      expect(refused?.rows).toBe(0);
      await admin`alter database ${admin(row?.name)} set default_transaction_read_only = off`;
      await cutAll(admin);
      await eventually(async () => expect(await postAs(account, body)).toBe(200));
      await account.showing(id, 'Emailed');
    }));

  test('R84 no connection is free: 503; as soon as there is one, stored and ordered', async () => {
    const server = await startPostgres({
      extraArguments: ['-c', 'max_connections=24', '-c', 'superuser_reserved_connections=0'],
    });
    const hogs: postgres.Sql[] = [];
    try {
      const databaseUrl = await createDatabase(server.url);
      await inWorld({ databaseUrl }, async (_world, account, admin) => {
        const { id, body } = undelivered(account);
        let refused = '';
        await cutAll(admin);
        await eventually(async () => {
          const hog = postgres(server.url, { max: 1 });
          hogs.push(hog);
          // Faster than the program comes back, sooner or later.
          refused = await hog`select 1`.then(
            () => '',
            (error: { code: string }) => error.code,
          );
          if (refused === '53300') await cutAll(admin);
          expect(await postAs(account, body)).toBe(503);
          expect(refused).toBe('53300');
        });
        await Promise.all(hogs.splice(0).map((hog) => hog.end({ timeout: 1 })));
        await eventually(async () => expect(await postAs(account, body)).toBe(200));
        await account.showing(id, 'Emailed');
      });
    } finally {
      await Promise.all(hogs.map((hog) => hog.end({ timeout: 1 })));
      await server.stop();
    }
  });

  test('R86 the session that listens is lost: what is due is found by looking, and somebody listens again', () =>
    inWorld({}, async (_world, account, admin) => {
      const id = account.order();
      await account.showing(id, 'Emailed');
      await account.atRest(id);
      // The relay's own session, not pg-boss's.
      const listening = async () =>
        (
          await admin`select pid from pg_stat_activity
            where datname = current_database() and query = 'listen "work"'`
        ).map(({ pid }) => Number(pid));
      const [lost, ...others] = await listening();
      expect(others).toEqual([]);
      expect(await admin`select pg_terminate_backend(${lost ?? null}::int) as cut`).toEqual([{ cut: true }]);
      account.turn.setWebhookCopies(0);
      await account.turn.advance(account.ordersOf(id)[0]?.workerId ?? '', 'processing');
      // Due without any notification.
      await admin`update background_check set next_sync_at = now(), queued_at = null`;
      await account.showing(id, 'Processing');
      await eventually(async () => expect(await listening()).toEqual([expect.any(Number)]));
      expect(await listening()).not.toEqual([lost]);
      expect(defaultWorkTimes.relayEvery).toBeLessThanOrEqual(30_000);
    }));
});

describe('statements that fail', () => {
  /** Lets the next `times` changes of a table fail; the sequence counts them although they are rolled back. */
  const sabotage = async (admin: postgres.Sql, table: string, on: string, code: string, times: number) => {
    await admin.unsafe(`create sequence sabotage;
      create function sabotage() returns trigger language plpgsql as $$ begin
        if nextval('sabotage') <= ${times} then raise exception 'sabotage' using errcode = '${code}'; end if;
        return new;
      end $$;
      create trigger sabotage before ${on} on ${table} for each row execute function sabotage()`);
    return async () => Number((await admin`select last_value from sabotage`)[0]?.last_value);
  };

  test.each([
    ['a deadlock', '40P01'],
    ['a serialization failure', '40001'],
    ['a full disk', '53100'],
  ])('R84 %s while a delivery is stored: never 2xx for what is not there; the next try is', (_title, code) =>
    inWorld({}, async (_world, account, admin) => {
      const { id, body } = undelivered(account);
      const struck = await sabotage(admin, 'delivery', 'insert', code, 4);
      const statuses: number[] = [];
      await eventually(async () => {
        statuses.push(await postAs(account, body));
        expect(statuses.at(-1)).toBe(200);
      });
      expect(await struck()).toBeGreaterThan(4);
      expect(new Set(statuses)).toEqual(new Set([503, 200]));
      await account.showing(id, 'Emailed');
    }),
  );

  test.each(
    [
      ['a deadlock', '40P01'],
      ['a serialization failure', '40001'],
      ['a full disk', '53100'],
    ].flatMap(([title, code]) => [1, 2, 3].map((times) => [title, code, times] as const)),
  )('R84 %s (%s) at the first %i changes of an order: one order, one note, one tag', (_title, code, times) =>
    inWorld({}, async (world, account, admin) => {
      const struck = await sabotage(admin, 'background_check', 'insert or update', code ?? '', times);
      const id = account.order();
      await account.showing(id, 'Emailed');
      expect(await struck()).toBeGreaterThan(times);
      expect(world.turn.journal.count('POST /v1/person/search_async')).toBe(1);
    }),
  );

  test('R84 the answer of Turn cannot be stored: looked up and adopted, not ordered again', () =>
    inWorld({}, async (world, account, admin) => {
      await admin.unsafe(`create sequence sabotage;
        create function sabotage() returns trigger language plpgsql as $$ begin
          if new.phase = 'ordered' and nextval('sabotage') <= 2 then
            raise exception 'sabotage' using errcode = '40P01';
          end if;
          return new;
        end $$;
        create trigger sabotage before update on background_check for each row execute function sabotage()`);
      const id = account.order();
      await account.showing(id, 'Emailed');
      expect(Number((await admin`select last_value from sabotage`)[0]?.last_value)).toBeGreaterThan(2);
      expect(world.turn.journal.count('POST /v1/person/search_async')).toBe(1);
    }));
});

test('R85 a pool of two and a slow Turn: no transaction is open during a call, and a hundred deliveries are stored meanwhile', () =>
  inWorld({ poolSize: 2 }, async (world, account, admin) => {
    const route = 'POST /v1/person/search_async';
    world.turn.faults.add({ route, kind: 'delay', ms: 1500, times: 10 });
    const ids = Array.from({ length: 10 }, () => account.order());
    await eventually(() => expect(world.turn.journal.count(route)).toBeGreaterThan(0));
    const [sessions] = await admin`select count(*)::int as count from pg_stat_activity
      where datname = current_database() and application_name = 'turn-lever'`;
    // The pool, and the one that listens.
    expect(sessions?.count).toBeLessThanOrEqual(3);
    const underWay = () =>
      world.turn.journal.entries({ route }).filter(({ status }) => status === null).length;
    const statuses = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        postAs(
          account,
          signDelivery({
            signatureToken: account.signatureToken,
            data: { opportunityId: `o-${index}`, toStageId: 'offer' },
          }),
        ),
      ),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    let looks = 0;
    // The orders come in more than one batch.
    while (underWay() > 0 || world.turn.faults.fired.length < 10) {
      const idle = await admin`select pid, query from pg_stat_activity where datname = current_database()
        and state like 'idle in transaction%' and now() - state_change > interval '300 ms'`;
      expect([...idle]).toEqual([]);
      if (underWay() > 0) looks += 1;
    }
    expect(looks).toBeGreaterThan(0);
    expect(world.turn.faults.fired).toHaveLength(10);
    for (const id of ids) await account.showing(id, 'Emailed');
  }));

test('R89 an unexpected error while a delivery is stored: 500, logged, never 2xx; the next try is stored', async () => {
  let thrown = 0;
  await inWorld(
    {
      replacePort: (name, port) =>
        name !== 'inbox'
          ? port
          : new Proxy(port, {
              get: (target, property, receiver) => {
                const method = Reflect.get(target, property, receiver) as (
                  ...args: unknown[]
                ) => Promise<unknown>;
                if (property !== 'receive') return method;
                return async (...args: unknown[]) => {
                  if (thrown >= 2) return method(...args);
                  thrown += 1;
                  throw new TypeError('unexpected');
                };
              },
            }),
    },
    async (world, account) => {
      const { id, body } = undelivered(account);
      const statuses = [
        await postAs(account, body),
        await postAs(account, body),
        await postAs(account, body),
      ];
      expect(statuses).toEqual([500, 500, 200]);
      expect(thrown).toBe(2);
      expect(world.lines.filter(({ msg }) => msg === 'request failed')).toHaveLength(2);
      await account.showing(id, 'Emailed');
    },
  );
});
