import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import process from 'node:process';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { openServer } from '../src/opening/open-server.ts';
import { rowsOf } from '../src/rows-of.ts';
import { openDatabaseLine } from '../testing/database-line.ts';

// One way to lose a connection, in a process of its own: what the driver throws from a timer ends it. Arguments: the case,
// the URL of a migrated database. Prints what came of it as JSON.
const [name = '', url = ''] = process.argv.slice(2);

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? error);
const outcome = (work: PromiseLike<unknown>): Promise<string> =>
  Promise.resolve(work).then(
    () => 'answered',
    (error: unknown) => codeOf((error as { cause?: unknown }).cause ?? error),
  );

/** A client whose sockets are at hand, and somebody else's session. */
const openSockets = async (connections: number, options: { readonly fetch_types?: boolean } = {}) => {
  const { hostname, port } = new URL(url);
  const sockets: Socket[] = [];
  const client = postgres(url, {
    ...options,
    max: connections,
    socket: async () => {
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      sockets.push(socket);
      return socket;
    },
  } as postgres.Options<Record<string, never>>);
  const other = postgres(url, { max: 1 });
  // Until the server works on it: by then it was written.
  const sleeping = async (): Promise<void> => {
    const asleep = other`select pid from pg_stat_activity where query like '%pg_sleep%' and state = 'active'
      and datname = current_database() and pid <> pg_backend_pid()`;
    if ((await asleep).length === 0) await sleeping();
  };
  return { client, other, sockets, sleeping };
};

/** A transaction that lost its only connection while it waited for something else, and does not know. */
const openCutTransaction = async () => {
  const line = await openDatabaseLine(url);
  const { db, close } = await openServer({ url: line.url, poolSize: 1 });
  const begun = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const late = Promise.withResolvers<string>();
  const cut = db.transaction(async (tx) => {
    await tx.execute(sql`select 1`);
    begun.resolve();
    await goOn.promise;
    late.resolve(await outcome(tx.execute(sql`insert into mark values (${'late'})`)));
  });
  const lost = outcome(cut);
  await begun.promise;
  line.cut();
  line.restore();
  const told = await lost;
  return {
    db,
    told,
    goOn: (): Promise<string> => {
      goOn.resolve();
      return late.promise;
    },
    close: async () => {
      await close();
      line.close();
    },
  };
};

/** A connection that ends before its first statement, when the driver asks for the types of arrays. */
const endAtTheStart = async (end: (socket: Socket, other: postgres.Sql) => unknown) => {
  const { client, other, sockets } = await openSockets(1);
  const asked = outcome(client`select 1`);
  while (sockets.length === 0) await new Promise(setImmediate);
  const [socket] = sockets;
  if (socket === undefined) throw new Error('Nothing was connected.');
  const write = socket.write.bind(socket) as (chunk: Buffer) => boolean;
  socket.write = (chunk) => {
    if (!String(chunk).includes('typarray')) return write(chunk as Buffer);
    end(socket, other);
    return true;
  };
  const told = await asked;
  const next = await outcome(client`select 1`);
  await client.end();
  await other.end();
  return { told, next };
};

const cases: Record<string, () => Promise<unknown>> = {
  'goes-on': async () => {
    const { db, told, goOn, close } = await openCutTransaction();
    const late = await goOn();
    const next = await outcome(db.execute(sql`select 1`));
    await close();
    return { told, late, next };
  },
  'goes-on-beside-another': async () => {
    const { db, goOn, close } = await openCutTransaction();
    const other = await outcome(
      db.transaction(async (tx) => {
        await tx.execute(sql`insert into mark values ('other')`);
        await goOn();
        // Time for the late transaction to end as it likes.
        await tx.execute(sql`select pg_sleep(0.2)`);
        throw Object.assign(new Error('rolled back on purpose'), { code: 'on purpose' });
      }),
    );
    const rows = rowsOf<{ name: string }>(await db.execute(sql`select name from mark`));
    await close();
    return { other, rows: rows.map((row) => row.name) };
  },
  'waits-inside': async () => {
    const { client, other, sockets, sleeping } = await openSockets(1);
    const asked: Promise<string>[] = [];
    const told = outcome(
      client.begin(async (tx) => {
        for (let count = 0; count < 3; count += 1)
          asked.push(outcome(tx`select pg_sleep(60), ${count}::int`));
        await Promise.all(asked);
      }),
    );
    await sleeping();
    sockets[0]?.destroy();
    const answers = [await told, ...(await Promise.all(asked))];
    await client.end();
    await other.end();
    return answers;
  },
  'cut-together': async () => {
    const { client, other, sockets, sleeping } = await openSockets(2, { fetch_types: false });
    await Promise.all([client`select pg_sleep(0.01)`, client`select pg_sleep(0.01)`]);
    const written = sockets.map(({ bytesWritten }) => bytesWritten);
    const first = outcome(client`select pg_sleep(60)`);
    // Written to the second connection in the moment between the end of the first and its own.
    const second = first.then(() => outcome(client`select 1`));
    await sleeping();
    const isFirst = (socket: Socket): boolean =>
      socket.bytesWritten > (written[sockets.indexOf(socket)] ?? 0);
    // The loop closes what was destroyed last first.
    for (const socket of [...sockets].sort((one) => (isFirst(one) ? 1 : -1))) socket.destroy();
    const told = [await first, await second];
    const next = await Promise.all([outcome(client`select pg_sleep(0.01)`), outcome(client`select 1`)]);
    await client.end();
    await other.end();
    return { told, next };
  },
  'reset-inside': async () => {
    const { client, other, sockets, sleeping } = await openSockets(1);
    const told = outcome(client.begin((tx) => tx`select pg_sleep(60)`));
    await sleeping();
    sockets[0]?.destroy(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    const answers = [await told];
    for (let count = 0; count < 3; count += 1) answers.push(await outcome(client`select ${count}::int`));
    await client.end();
    await other.end();
    return answers;
  },
  'ended-by-the-server': async () => {
    const { client, other, sleeping } = await openSockets(1);
    const told = outcome(client`select pg_sleep(60)`);
    await sleeping();
    await other`select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep%'
      and datname = current_database() and pid <> pg_backend_pid()`;
    const answers = [await told];
    for (let count = 0; count < 3; count += 1) answers.push(await outcome(client`select 1`));
    await client.end();
    await other.end();
    return answers;
  },
  'ends-without-its-connection': async () => {
    const { client, other, sockets, sleeping } = await openSockets(1);
    const told = outcome(client`select pg_sleep(60)`);
    await sleeping();
    sockets[0]?.destroy();
    const answer = await told;
    await client.end();
    await other.end();
    return answer;
  },
  'ends-while-it-is-cut': async () => {
    const { client, other, sockets, sleeping } = await openSockets(1);
    const told = outcome(client`select pg_sleep(60)`);
    await sleeping();
    const ended = client.end();
    sockets[0]?.destroy(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    const answer = await told;
    await ended;
    await other.end();
    return answer;
  },
  reserved: async () => {
    const { client, other, sockets } = await openSockets(1);
    const reserved = await client.reserve();
    const [socket] = sockets;
    if (socket === undefined) throw new Error('Nothing was reserved.');
    socket.destroy();
    await once(socket, 'close');
    const told = await outcome(reserved`select 1`);
    const next = await outcome(client`select 1`);
    await client.end();
    await other.end();
    return { told, next };
  },
  'reset-at-the-start': () =>
    endAtTheStart((socket) => socket.destroy(Object.assign(new Error('reset'), { code: 'ECONNRESET' }))),
  'ended-at-the-start': () =>
    endAtTheStart((_socket, other) =>
      other`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`.execute(),
    ),
};

const made = await cases[name]?.();
process.stdout.write(JSON.stringify(made));
