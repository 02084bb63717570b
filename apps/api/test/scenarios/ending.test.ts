import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { expect, inject, test } from 'vitest';
import { audit, quiet } from '../auditor.ts';
import { createChildWorld } from '../child-world.ts';
import { eventually } from '../eventually.ts';

const route = 'POST /v1/person/search_async';

/** What a sender heard: a status, or that nobody answered. */
const post = (url: string, body: unknown): Promise<number | 'no answer'> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).then(
    ({ status }) => status,
    () => 'no answer' as const,
  );

test('R81 told to end under load: what was acknowledged is there, running orders are finished, it ends in order', async () => {
  const world = await createChildWorld({ databaseUrl: await createDatabase(inject('postgresUrl')) });
  try {
    const first = await world.plain();
    world.turn.faults.add({ route, kind: 'delay', ms: 2000, times: 3 });
    const ids = Array.from({ length: 3 }, () => world.order());
    await eventually(() => expect(world.turn.journal.count(route)).toBe(3));
    const bodies = Array.from({ length: 300 }, (_, index) =>
      world.sign({ opportunityId: `o-${index}`, toStageId: 'offer' }),
    );
    let answered = 0;
    const answers = bodies.map((body) =>
      post(world.leverUrl, body).finally(() => {
        answered += 1;
      }),
    );
    await Promise.race(answers);
    const underWay = world.turn.journal.entries({ route }).filter(({ status }) => status === null);
    expect(underWay.length).toBeGreaterThan(0);
    expect(answered).toBeLessThan(bodies.length);
    const ended = first.end('SIGTERM');
    const late = world.order();
    const code = await ended;
    expect(code, first.said().slice(-3000)).toBe(0);
    const statuses = await Promise.all(answers);
    expect(statuses.filter((status) => ![200, 503, 'no answer'].includes(status))).toEqual([]);
    const rows = await world.ask`select key from delivery`;
    const stored = new Set(rows.map(({ key }) => key));
    const acknowledged = bodies.filter((_, index) => statuses[index] === 200);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter(({ token }) => !stored.has(token))).toEqual([]);
    // Ended orders have their answer: none is left to be looked up.
    expect(await world.ask`select phase from background_check where phase = 'sending'`).toEqual([]);
    expect(first.said()).toContain('"msg":"stopped"');

    const second = await world.crashing();
    for (const id of [...ids, late]) await world.showing(id, 'Emailed');
    const [check] = world.account.turn.checks;
    await world.account.turn.advance(check?.workerId ?? '', 'consent');
    expect(world.turn.journal.count(route)).toBe(4);
    await quiet(world, [world.account]);
    await world.polledNoMore();
    expect(await second.end('SIGTERM')).toBe(0);
    world.collectLogs();
    await audit(world, [world.account]);
  } finally {
    await world.close();
  }
});

test.each([
  ['a promise nobody handles', 'Promise.reject(new Error("boom"))'],
  ['an exception nobody catches', '(() => { throw new Error("boom"); })()'],
])('R89 %s ends the program with a line in the log; the next one carries on', async (_title, code) => {
  const world = await createChildWorld({ databaseUrl: await createDatabase(inject('postgresUrl')) });
  try {
    const options = `--import data:text/javascript,${encodeURIComponent(`process.on('SIGCONT', () => { ${code}; })`)}`;
    const first = await world.plain({ NODE_OPTIONS: options });
    world.turn.faults.add({ route, kind: 'delay', ms: 500 });
    const id = world.order();
    await eventually(() => expect(world.turn.journal.count(route)).toBe(1));
    first.signal('SIGCONT');
    await first.ended();
    expect(await first.end('SIGTERM')).not.toBe(0);
    expect(first.said()).toContain('stopping after an error');
    const second = await world.crashing();
    await world.showing(id, 'Emailed');
    await world.account.turn.advance(world.account.ordersOf(id)[0]?.workerId ?? '', 'consent');
    await world.showing(id, 'Consent');
    await world.polledNoMore();
    expect(world.turn.journal.count(route)).toBe(1);
    expect(await second.end('SIGTERM')).toBe(0);
    world.collectLogs();
    await audit(world, [world.account]);
  } finally {
    await world.close();
  }
});
