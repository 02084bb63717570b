import { readFileSync } from 'node:fs';
import { getuid } from 'node:process';

/** Whom to run the server as, for `spawn`. Empty: as ourselves. */
export type ServerUser = { readonly uid: number; readonly gid: number } | Record<string, never>;

/**
 * Postgres refuses to run as root, so root runs it as `postgres`, or as `nobody` where that user does not exist.
 *
 * @throws Error where we are root and neither user exists.
 */
export const findServerUser = (): ServerUser => {
  if (getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find(([name]) => name === wanted) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('Postgres does not run as root, and there is no user "postgres" or "nobody" to run it as.');
};
