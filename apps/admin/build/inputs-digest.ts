import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
// What the built files are made of: the console, the pure functions that it uses, and the versions of everything else.
const inputs = [
  'apps/admin/{src,build}/**/*',
  'apps/admin/{index.html,package.json,vite.config.ts}',
  'packages/core/src/**/*.ts',
  'pnpm-lock.yaml',
];

/** What changes whenever the built files would. */
export const inputsDigest = (): string => {
  const hash = createHash('sha256');
  const paths = globSync(inputs, { cwd: root }).toSorted();
  for (const path of paths.filter((one) => statSync(join(root, one)).isFile()))
    hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  return hash.digest('hex');
};

const admin = join(root, 'apps/admin');
/** Where the built files lie. */
export const builtDirectory = join(admin, 'dist');
/** The file in the built files' folder that says what they were made of. */
export const digestFile = '.inputs';

/** What the built files were made of; null where there are none. */
export const builtDigest = (): string | null => {
  const path = join(builtDirectory, digestFile);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
};
