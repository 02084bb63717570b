import { globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { builtDirectory, digestFile, inputsDigest } from './inputs-digest.ts';
import { measureInitial } from './measure-initial.ts';

/** What the scripts of a first visit may weigh, in bytes after gzip. */
const budget = 250 * 1024;

/**
 * Builds the console and says what a first visit weighs. Throws where that is over the budget: then what was built before
 * stays. The new files take the place of the old ones in one step, so that whoever builds or serves at the same time never
 * sees half of them.
 */
export const buildConsole = async (): Promise<string> => {
  const fresh = `${builtDirectory}-${process.pid}`;
  const digest = inputsDigest();
  try {
    await build({
      root: fileURLToPath(new URL('..', import.meta.url)),
      logLevel: 'warn',
      build: { outDir: fresh, emptyOutDir: true },
    });
    const initial = measureInitial(fresh);
    const said = `The console's initial JavaScript: ${kilobytes(initial)} of ${kilobytes(budget)} (gzip)`;
    if (initial > budget) throw new Error(`${said}. Load something later, or leave it out.`);
    compress(fresh);
    writeFileSync(join(fresh, digestFile), digest);
    rmSync(builtDirectory, { recursive: true, force: true });
    renameSync(fresh, builtDirectory);
    return said;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
};

/** Lays compressed copies beside what compresses well, so that nothing is compressed while people wait. */
const compress = (directory: string): void => {
  for (const path of globSync('assets/*.{js,css,svg}', { cwd: directory })) {
    const file = join(directory, path);
    const content = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(content));
    writeFileSync(`${file}.br`, brotliCompressSync(content));
  }
};

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} kB`;
