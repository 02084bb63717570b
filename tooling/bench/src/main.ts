import { availableParallelism, cpus, loadavg } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { killIngest } from './kill-ingest.ts';
import { measureIngest } from './measure-ingest.ts';
import { say, sayHead, sayRow } from './report.ts';
import { buildStand } from './stand.ts';

const usage = `Usage: bench ingest [options]
  --kill               kill the product in the middle instead, and look for every acknowledged delivery
  --rounds 5           how often; the order within a round alternates
  --seconds 4          of load on each server in each round
  --connections 64,8,1
  --share 2,100        per cent of the events that are for the trigger stage
  --wait 3600          seconds between a delivery and its decision; an hour measures receiving alone
  --role all           or web: without the workers
  --profile FOLDER     writes CPU profiles of the product`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kill: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '64,8,1' },
    share: { type: 'string', default: '2,100' },
    wait: { type: 'string', default: '3600' },
    role: { type: 'string', default: 'all' },
    profile: { type: 'string' },
  },
});
const numbers = (text: string): number[] => text.split(',').map(Number);
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const isSound = [rounds, seconds, ...numbers(values.connections), ...numbers(values.share)].every(
  (number) => Number.isInteger(number) && number > 0,
);
if (positionals.join(' ') !== 'ingest' || !isSound) {
  say(usage);
  process.exit(2);
}

const load = (): string => loadavg()[0]?.toFixed(2) ?? '?';
const stand = await buildStand({
  role: values.role === 'web' ? 'web' : 'all',
  waitBeforeOrdering: Number(values.wait),
  profileTo: values.profile ?? null,
});
try {
  const [database] = await stand.sql<{ version: string }[]>`select split_part(version(), ' ', 2) as version`;
  say(
    `Node ${process.versions.node}, PostgreSQL ${database?.version} (fsync and synchronous_commit on), ${availableParallelism()} × ${cpus()[0]?.model}, load average ${load()}`,
  );
  if (values.kill) await kill();
  else await measure();
} finally {
  await stand.close();
}

async function measure(): Promise<void> {
  say(
    `${rounds} rounds of ${seconds} s; medians with least and most; ROLE=${values.role}; decisions wait ${values.wait} s`,
  );
  sayHead();
  for (const connections of numbers(values.connections)) {
    for (const per of numbers(values.share)) {
      const scenario = { connections, share: per / 100 };
      sayRow(scenario, await measureIngest(stand, scenario, { rounds, seconds }));
    }
  }
  say(`Load average at the end, this benchmark included: ${load()}`);
}

async function kill(): Promise<void> {
  let missing = 0;
  for (let number = 1; number <= rounds; number += 1) {
    // Somewhere in the middle, not always at the same place.
    const after = 3000 + Math.floor(Math.random() * 3000);
    const result = await killIngest(stand, { connections: 64, share: 1, after });
    missing += result.missing.length;
    say(
      `SIGKILL ${number} after ${after} answers: ${result.acknowledged} acknowledged, ${result.missing.length} of them missing, ${result.storedUnanswered} more stored whose answer did not arrive`,
    );
    for (const token of result.missing.slice(0, 10)) say(`  missing: ${token}`);
  }
  if (missing > 0) process.exitCode = 1;
}
