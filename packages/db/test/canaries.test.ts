import { canary } from '@turn-lever/core/testing/canaries';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEmbedded } from '../src/opening/open-embedded.ts';
import { createCanaryWatch } from '../testing/canary-watch.ts';
import { searchDatabase } from '../testing/search-database.ts';

/** Opened past the test kit, whose own search would rightly fail this file. */
let database: Awaited<ReturnType<typeof openEmbedded>>;
beforeAll(async () => {
  database = await openEmbedded({ dataDirectory: null });
});
afterAll(() => database.close());

const run = async (statement: string) => (await database.client.query<never>(statement)).rows;
/** Does something to the database and takes it back after the search. */
const searchWith = async (statements: readonly string[], further: readonly string[] = []) => {
  await database.client.exec('begin');
  try {
    for (const statement of statements) await run(statement);
    return await searchDatabase(run, further);
  } finally {
    await database.client.exec('rollback');
  }
};
/** With something before and behind, as where a whole object is encoded. */
const encodings: readonly (readonly [string, (text: string) => string])[] = [
  ...['', 'x', 'xy'].map(
    (before) =>
      [
        `base64 behind ${before.length} other bytes`,
        (text: string) => Buffer.from(`${before}${text} and more`).toString('base64'),
      ] as const,
  ),
  ['base64url', (text) => Buffer.from(text).toString('base64url')],
  ['hex', (text) => Buffer.from(text).toString('hex')],
  ['hex in capitals', (text) => Buffer.from(text).toString('hex').toUpperCase()],
  ['percent signs', (text) => Buffer.from(text).toString('hex').replaceAll(/../gu, '%$&')],
  ['the form of a URL', (text) => encodeURIComponent(text)],
  ['the form of a query', (text) => new URLSearchParams({ text }).toString()],
  ['bytes as JSON has them', (text) => JSON.stringify(Buffer.from(text))],
  ['bytes as a log has them', (text) => JSON.stringify(new Uint8Array(Buffer.from(text)))],
];
const jsonOf = (value: string): string => `'${JSON.stringify({ deep: [value] })}'`;

describe('a search of a database', () => {
  test.each<readonly [string, string]>([
    ['a name', canary.name],
    ['a first name alone', canary.firstName],
    ['a name in other case', canary.lastName.toUpperCase()],
    ['a test identity', 'Darth Vader'],
    ['an e-mail', canary.email],
    ['a phone as Lever has it', canary.phone],
    ['a phone as Turn gets it', canary.phoneDigits],
    ['a Super Admin’s e-mail', canary.adminEmail],
    ['a secret', canary.secret('token')],
    ['a refresh token of the emulator', 'v1.c0ffee5ec4e7abc'],
    ['the key that tests seal with', canary.sealingKey],
    ['an access token of the emulator', 'eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.e30.x'],
    ...encodings.flatMap(([encoding, encode]) => [
      [`a secret in ${encoding}`, encode(canary.secret('token'))] as const,
      [`the key that tests seal with in ${encoding}`, encode(canary.sealingKey)] as const,
      [`a phone in ${encoding}`, encode(canary.phone)] as const,
    ]),
  ])('finds %s in a column of text, of JSON and of bytes, in any schema', async (_title, planted) => {
    const { leaks } = await searchWith([
      'create schema other',
      'create table other.planted (one text, two jsonb, three bytea, four text[])',
      `insert into other.planted values ('x ${planted} y', ${jsonOf(planted)}, convert_to('${planted}', 'UTF8'), array['${planted}'])`,
    ]);
    expect(leaks).toEqual(['one', 'two', 'three', 'four'].map((column) => `other.planted.${column}: 1`));
  });

  test('finds a secret that the program made itself', async () => {
    const key = 'Zk3-x_9QpL0aBcDeFgHi';
    const statements = ['create table planted (one text)', `insert into planted values ('${key}')`];
    expect((await searchWith(statements)).leaks).toEqual([]);
    expect((await searchWith(statements, [key])).leaks).toEqual(['public.planted.one: 1']);
  });

  test('takes a name for right in its column, and an e-mail there for wrong', async () => {
    const insert = (id: string, name: string) =>
      `insert into background_check (id, account_id, connection_id, environment, lever_account_id, opportunity_id,
        order_number, reference_id, display_name, correlation_id, phase, shown)
        values ('${id}', 'a', 'c', 'sandbox', 'l', '${id}', 1, 'r', '${name}', 'x', 'ready', '{}')`;
    const withoutParents = ["set local session_replication_role = 'replica'"];
    const right = await searchWith([...withoutParents, insert('1', canary.name)]);
    expect(right).toMatchObject({ leaks: [], allowed: 1 });
    const wrong = await searchWith([...withoutParents, insert('1', `${canary.name} ${canary.email}`)]);
    expect(wrong.leaks).toEqual(['public.background_check.display_name: 1']);
  });

  test('looks into the queue’s own tables, where jobs and what they carry stand', async () => {
    const boss = database.createQueueClient(() => {});
    await boss.start();
    await boss.createQueue('planted');
    await boss.send('planted', { email: canary.email });
    const { leaks, tables } = await searchDatabase(run);
    await boss.deleteAllJobs('planted');
    await boss.stop({ graceful: false });
    expect(leaks).toEqual([expect.stringMatching(/^pgboss\.job\w*\.data: 1$/u)]);
    expect(tables).toBeGreaterThan(15);
  });

  test('finds nothing in what is sealed, empty or of other people', async () => {
    const { leaks, rows } = await searchWith([
      'create table planted (one text)',
      "insert into planted values ('eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..x'), ('Canary Islands'), ('202 555 0199'), (null)",
    ]);
    expect(leaks).toEqual([]);
    expect(rows).toBeGreaterThanOrEqual(4);
  });
});

describe('a watch', () => {
  test('hears a canary in a log line or an answer, says where, and counts what it heard', () => {
    const watch = createCanaryWatch();
    watch.hear('log', '{"msg":"connection swept"}');
    expect(watch.leaks()).toEqual([]);
    watch.hear('log', JSON.stringify({ msg: 'failed', error: `no: ${canary.email}` }));
    expect(watch.leaks()).toHaveLength(1);
    expect(watch.leaks()[0]).toContain('log: ');
    expect(watch.counts()).toMatchObject({ texts: 2 });
  });

  test('hears a secret that the program made itself, from then on', () => {
    const watch = createCanaryWatch();
    watch.hear('log', 'Zk3-x_9QpL0aBcDeFgHi');
    watch.keepSecret('Zk3-x_9QpL0aBcDeFgHi');
    expect(watch.leaks()).toEqual([]);
    watch.hear('log', 'Zk3-x_9QpL0aBcDeFgHi');
    expect(watch.leaks()).toHaveLength(1);
    watch.hear('log', Buffer.from('{"key":"Zk3-x_9QpL0aBcDeFgHi"}').toString('base64'));
    expect(watch.leaks()).toHaveLength(2);
    expect(() => watch.keepSecret('short')).toThrow('Too short');
  });

  test('counts what it searched, and what stands where it may', async () => {
    const watch = createCanaryWatch();
    await watch.search('embedded', run);
    expect(watch.counts()).toMatchObject({ databases: 1, allowed: 0 });
    expect(watch.counts().tables).toBeGreaterThan(10);
  });
});
