import { readFileSync } from 'node:fs';
import { createDatabase } from '@turn-lever/postgres/create-database';
import postgres from 'postgres';
import { expect, inject, test } from 'vitest';
import { migrationsFolder } from '../src/opening/migrate.ts';

const run = async (client: postgres.Sql, file: string): Promise<void> => {
  const statements = readFileSync(`${migrationsFolder}/${file}.sql`, 'utf8').split(
    '--> statement-breakpoint',
  );
  for (const statement of statements) await client.unsafe(statement);
};

test('0002 keeps deliveries whose key was used with several contents, and refuses another one of each', async () => {
  const client = postgres(await createDatabase(inject('postgresUrl')), { max: 1, onnotice: () => {} });
  const insert = (id: string, key: string, digest: string) => client`
    insert into delivery (id, connection_id, source, key, content_digest, event, triggered_at, received_at, correlation_id, state)
    values (${id}, 'connection', 'webhook', ${key}, ${digest}, 'candidateStageChange', now(), now(), 'correlation', 'due')`;
  try {
    await run(client, '0000_start');
    await run(client, '0001_by_person');
    await insert('1', 'used-twice', 'first');
    await insert('2', 'used-twice', 'second');
    await insert('3', 'used-once', 'first');
    await run(client, '0002_delivery_key');
    const rows = await client`select id, variant from delivery order by id`;
    expect(rows.map(({ id, variant }) => [id, variant])).toEqual([
      ['1', ''],
      ['2', 'second'],
      ['3', ''],
    ]);
    await expect(insert('4', 'used-once', 'other')).rejects.toThrow('delivery_key_unique');
  } finally {
    await client.end();
  }
});

test('0003 makes a person of each address, and keeps what it may do in which account', async () => {
  const client = postgres(await createDatabase(inject('postgresUrl')), { max: 1, onnotice: () => {} });
  try {
    for (const file of ['0000_start', '0001_by_person', '0002_delivery_key']) await run(client, file);
    await client`insert into account (id, name) values ('one', 'One Ltd'), ('two', 'Two Ltd')`;
    await client`
      insert into membership (id, account_id, email, role) values
        ('1', 'one', 'ada@example.com', 'super-admin'), ('2', 'two', 'ada@example.com', 'admin'),
        ('3', 'two', 'bea@example.com', 'super-admin')`;
    await client`
      insert into audit_log (connection_id, person_id, role, action, subject, outcome, before, after)
      values ('connection', 'person', 'admin', 'retry', 'check', 'begun', '{}', '{}')`;
    await run(client, '0003_people');
    const rows = await client`
      select account_id, email, role from membership join person on person.id = person_id order by membership.id`;
    expect(rows.map(({ account_id, email, role }) => `${account_id} ${email} ${role}`)).toEqual([
      'one ada@example.com super-admin',
      'two ada@example.com admin',
      'two bea@example.com super-admin',
    ]);
    expect(await client`select id from person`).toHaveLength(2);
    expect(await client`select id from audit_log where account_id is null`).toHaveLength(1);
  } finally {
    await client.end();
  }
});
