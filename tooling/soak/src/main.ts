import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { soakInMemory } from './soak-in-memory.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    real: { type: 'boolean', default: false },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const wholeNumber = (name: string, given: string): number => {
  const number = Number(given);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  process.stderr.write(`--${name} must be a whole number, it is ${given}.\n`);
  process.exit(2);
};

const runs = wholeNumber('runs', values.runs);
// 31 bits: fast-check's seeds.
const seed = wholeNumber('seed', values.seed ?? String(Date.now() % 2 ** 31));

/** The program in child processes on a Postgres server: a test of apps/api, which alone knows how to start it. */
const soakReal = (): boolean => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const given = [`SOAK_RUNS=${runs}`, `SOAK_SEED=${seed}`];
  const command = ['pnpm', '--filter', '@turn-lever/api', 'soak:model'];
  const { status } = spawnSync('env', [...given, ...command], { cwd: root, stdio: 'inherit' });
  return status === 0;
};

const isWell = values.real ? soakReal() : await soakInMemory({ runs, seed, say });
process.exit(isWell ? 0 : 1);
