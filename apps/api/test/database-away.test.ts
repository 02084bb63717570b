import { signDelivery } from '@turn-lever/emulator/lever/sign-delivery';
import { createDatabase } from '@turn-lever/postgres/create-database';
import { startPostgres } from '@turn-lever/postgres/start-postgres';
import postgres from 'postgres';
import { describe, expect, test } from 'vitest';
import { audit, quiet } from './auditor.ts';
import { eventually } from './eventually.ts';
import { seldomPolled } from './quick-times.ts';
import { createWorld } from './world.ts';

const post = async (url: string, body: unknown): Promise<number> =>
  (
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  ).status;

describe('database away, backlog full', () => {
  test('R3 database away: 503 and not ready; the next try is stored and ordered', async () => {
    const server = await startPostgres();
    const world = await createWorld({
      databaseUrl: await createDatabase(server.url),
      times: seldomPolled,
    });
    try {
      const account = await world.account();
      await account.inPhase(account.order(), 'ordered');
      // A job that is under way when the database goes is taken up again too, but only once its lease has lapsed.
      await quiet(world);
      const id = account.add();
      account.lever.settings.deliverWebhooks = false;
      account.lever.moveOpportunity(id, account.stage);
      const body = signDelivery({
        signatureToken: account.signatureToken,
        data: { opportunityId: id, toStageId: account.stage },
      });
      await server.down('immediate');
      await expect(world.countRows('delivery')).rejects.toThrow();
      expect(await post(account.leverUrl, body)).toBe(503);
      expect((await fetch(`${world.url}/readyz`)).status).toBe(503);
      expect((await fetch(`${world.url}/livez`)).status).toBe(200);
      await server.up();
      await eventually(async () => expect(await post(account.leverUrl, body)).toBe(200));
      await account.inPhase(id, 'ordered');
      expect(account.ordersOf(id)).toHaveLength(1);
      await audit(world, [account]);
    } finally {
      await world.close();
      await server.stop();
    }
  });

  test('R8 backlog full: 503 at once for those beyond it; the others are stored, the next try too', async () => {
    const server = await startPostgres();
    const databaseUrl = await createDatabase(server.url);
    const world = await createWorld({ databaseUrl, inbox: { maxWaiting: 3, maxBatch: 1, inFlight: 1 } });
    const other = postgres(databaseUrl, { max: 1 });
    try {
      const account = await world.account();
      const bodies = Array.from({ length: 10 }, (_, index) =>
        signDelivery({
          signatureToken: account.signatureToken,
          data: { opportunityId: `o-${index}`, toStageId: 'offer' },
        }),
      );
      await world.sweptByItself(account.connectionId);
      let answers: Promise<number>[] = [];
      await other.begin(async (locked) => {
        await locked`lock table delivery in access exclusive mode`;
        let answered = 0;
        answers = bodies.map((body) =>
          post(account.leverUrl, body).finally(() => {
            answered += 1;
          }),
        );
        await eventually(() => expect(answered).toBeGreaterThan(0));
      });
      const statuses = await Promise.all(answers);
      expect(new Set(statuses)).toEqual(new Set([200, 503]));
      for (const body of bodies) expect(await post(account.leverUrl, body)).toBe(200);
      expect(await world.countRows('delivery')).toBe(bodies.length);
      await audit(world, [account]);
    } finally {
      await other.end();
      await world.close();
      await server.stop();
    }
  });
});
