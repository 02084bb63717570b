import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';

// Vitest and others keep transformed files there, by path: the copy has its own.
const caches = new Set(['.vite', '.vite-temp', '.vitest-cache', '.cache']);

/**
 * Copies what git knows of the repository, changes that are not committed included, into a new folder and links what is
 * installed. Packages of the workspace resolve to the copy: throws where one does not.
 */
export const copyRepository = (root: string): string => {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'turn-lever-guards-')));
  for (const file of filesOf(root)) {
    if (existsSync(join(root, file))) cpSync(join(root, file), join(copy, file), { verbatimSymlinks: true });
  }
  linkInstalled(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const folder of packagesOf(copy)) {
    const installed = join(root, folder, 'node_modules');
    if (!existsSync(installed)) continue;
    // Links between packages are relative, so they lead to the copy; those of npm lead to the link above.
    cpSync(installed, join(copy, folder, 'node_modules'), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !caches.has(source.split(sep).at(-1) ?? ''),
    });
    expectInside(copy, join(copy, folder, 'node_modules/@turn-lever'));
  }
  return copy;
};

const filesOf = (root: string): readonly string[] => {
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (listed.status !== 0) throw new Error(`git cannot list the files: ${listed.stderr}`);
  return listed.stdout.split('\0').filter((file) => file !== '');
};

const linkInstalled = (from: string, to: string): void => {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    if (!caches.has(name)) symlinkSync(join(from, name), join(to, name));
  }
};

const packagesOf = (copy: string): readonly string[] =>
  ['apps', 'packages', 'tooling'].flatMap((group) =>
    readdirSync(join(copy, group)).map((name) => join(group, name)),
  );

const expectInside = (copy: string, links: string): void => {
  for (const name of existsSync(links) ? readdirSync(links) : []) {
    const target = realpathSync(join(links, name));
    if (!target.startsWith(`${copy}${sep}`)) {
      throw new Error(`${join(dirname(links), name)} of the copy leads to ${target}`);
    }
  }
};
