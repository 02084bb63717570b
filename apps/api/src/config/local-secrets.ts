import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The secrets of an installation on the embedded database, which nobody had to think of. */
export interface LocalSecrets {
  readonly authSecret: string;
  readonly encryptionKeys: string;
}

/**
 * Reads the secrets kept beside the embedded database, and makes them at the first start (mode 0600). Throws where the
 * file is there and cannot be read: new keys would make every sealed secret unreadable.
 */
export const readLocalSecrets = (dataDirectory: string): LocalSecrets => {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const path = join(dataDirectory, 'secrets.json');
  const fresh: LocalSecrets = {
    authSecret: randomBytes(32).toString('base64url'),
    encryptionKeys: `local:${randomBytes(32).toString('base64')}`,
  };
  try {
    // `wx`: of two first starts only one writes.
    writeFileSync(path, JSON.stringify(fresh), { mode: 0o600, flag: 'wx' });
    return fresh;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const kept = JSON.parse(readFileSync(path, 'utf8')) as Partial<LocalSecrets>;
  if (typeof kept.authSecret === 'string' && typeof kept.encryptionKeys === 'string') {
    return { authSecret: kept.authSecret, encryptionKeys: kept.encryptionKeys };
  }
  throw new Error(`${path} does not hold the secrets of this installation. Restore it from a backup.`);
};
