import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { openDatabase } from '../src/open-database.ts';
import { forgetDeadProcess } from '../src/work/forget-dead-process.ts';
import { startWork } from '../src/work/start-work.ts';

const child = fileURLToPath(new URL('./crash-child.ts', import.meta.url));

// Two embedded databases one after the other: on busy cores that has taken half a minute.
const patient = { timeout: 120_000 };

test(
  'what a killed process had in work is worked on at once after a restart on its directory',
  patient,
  async () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'turn-lever-crash-'));
    const dying = spawn(process.execPath, [child, dataDirectory], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [taken] = (await once(dying.stdout, 'data')) as [Buffer];
    dying.kill('SIGKILL');
    await once(dying, 'exit');

    const database = await openDatabase({ url: null, dataDirectory });
    await forgetDeadProcess(database);
    const seen: string[] = [];
    const nothing = async () => {};
    const work = await startWork(database, {
      handlers: {
        processDelivery: async (id) => {
          seen.push(id);
        },
        syncCheck: nothing,
        sweepConnection: nothing,
        keepGrantAlive: nothing,
      },
      onError: () => {},
    });
    await vi.waitFor(() => expect(seen).toEqual([taken.toString().trim()]), { timeout: 60_000 });
    await work.stop(1000);
    await database.close();
  },
);
