import { createHash } from 'node:crypto';
import type { DBAdapter, Where } from 'better-auth';
import { atPort } from '../at-port.ts';

type Rows = Omit<DBAdapter, 'transaction'>;

/** What a session's row is found by: SHA-256 in hex. Plain is enough, since the token is 190 random bits. */
const hashSessionToken = (token: string): string => createHash('sha256').update(token).digest('hex');

const hashed = (value: unknown): string => {
  if (typeof value !== 'string') throw new Error('A session is looked for by one token at a time.');
  return hashSessionToken(value);
};
const isToken = ({ field }: Where): boolean => field === 'token';
const withHashes = (where: readonly Where[] = []): Where[] =>
  where.map((clause) => (isToken(clause) ? { ...clause, value: hashed(clause.value) } : clause));

/**
 * better-auth's storage with nothing but a hash of each session's token in the table: a token is known to the cookie
 * alone, and what is read from a row or a backup signs nobody in, even with the key that signs cookies. Rows found by
 * their token carry it again, others carry the hash. Throws `PortError` `unavailable` where the database is away, and an
 * ordinary error without values for anything else.
 */
export const hashSessionTokens = (storage: DBAdapter): DBAdapter => ({
  ...storage,
  ...rowsOf(storage),
  transaction: (work) => atPort(() => storage.transaction((rows) => work({ ...rows, ...rowsOf(rows) }))),
});

const rowsOf = (rows: Rows): Omit<Rows, 'id'> => {
  const within = <Call extends { readonly model: string; readonly where?: Where[] | undefined }>(
    call: Call,
  ): Call => {
    if (call.model !== 'session' || call.where === undefined) return call;
    return { ...call, where: withHashes(call.where) };
  };
  // Of the row that was asked for by its token, and of no other.
  const again = <Row>(
    call: { readonly model: string; readonly where?: Where[] | undefined },
    row: Row,
  ): Row => {
    const token = call.where?.find(isToken)?.value;
    if (call.model !== 'session' || typeof token !== 'string') return row;
    const isIt = typeof row === 'object' && row !== null && 'token' in row && row.token === hashed(token);
    return isIt ? { ...row, token } : row;
  };
  const values = (model: string, data: Record<string, unknown>): Record<string, unknown> =>
    model === 'session' && data.token !== undefined ? { ...data, token: hashed(data.token) } : data;

  return {
    create: <T extends Record<string, unknown>, R = T>(call: Parameters<typeof rows.create<T, R>>[0]) =>
      atPort(async () => {
        const data = values(call.model, call.data) as typeof call.data;
        const made = await rows.create<T, R>({ ...call, data });
        const { token } = call.data as { readonly token?: unknown };
        return call.model === 'session' ? { ...made, token } : made;
      }),
    findOne: <T>(call: Parameters<typeof rows.findOne>[0]) =>
      atPort(async () => again(call, await rows.findOne<T>(within(call)))),
    findMany: <T>(call: Parameters<typeof rows.findMany>[0]) =>
      atPort(async () => (await rows.findMany<T>(within(call))).map((row) => again(call, row))),
    count: (call) => atPort(() => rows.count(within(call))),
    update: <T>(call: Parameters<typeof rows.update>[0]) =>
      atPort(async () => {
        const update = values(call.model, call.update);
        return again(call, await rows.update<T>({ ...within(call), update }));
      }),
    updateMany: (call) =>
      atPort(() => rows.updateMany({ ...within(call), update: values(call.model, call.update) })),
    delete: (call) => atPort(() => rows.delete(within(call))),
    deleteMany: (call) => atPort(() => rows.deleteMany(within(call))),
    consumeOne: <T>(call: Parameters<typeof rows.consumeOne>[0]) =>
      atPort(async () => again(call, await rows.consumeOne<T>(within(call)))),
    incrementOne: <T>(call: Parameters<typeof rows.incrementOne>[0]) =>
      atPort(async () => again(call, await rows.incrementOne<T>(within(call)))),
  };
};
