import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { inRepository } from './repository.ts';

/** Builds the console's files where they are missing or older than their sources. Throws where that fails. */
export const buildConsole = (): void => {
  const build = inRepository('apps/admin/build/ensure-built.ts');
  const { status } = spawnSync(process.execPath, [build], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The console could not be built.');
};
