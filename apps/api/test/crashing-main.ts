import process from 'node:process';
import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { compose } from '../src/compose.ts';
import { readEnv } from '../src/env.ts';
import type { CrashPoint } from './crash-point.ts';
import { quickTimes } from './quick-times.ts';

/**
 * The program as a child process that kills itself at a named point, as a power cut would: `before` or `after` a port's
 * method took effect, at its n-th call. Started by tests with the point as its only argument; a point on a line of
 * standard input takes its place.
 */
let point = JSON.parse(process.argv[2] ?? 'null') as CrashPoint | null;
const log = pino({ level: 'info', base: null });
let calls = 0;

createInterface(process.stdin).on('line', (line) => {
  point = JSON.parse(line) as CrashPoint;
  calls = 0;
  log.info('armed');
});

const strike = async ({ signal = 'SIGKILL' }: CrashPoint): Promise<void> => {
  process.kill(process.pid, signal);
  if (signal === 'SIGKILL') await new Promise(() => {});
  // By then it has been stopped, and continued.
  await new Promise((resolve) => setTimeout(resolve, 20));
  log.info('goes on');
};

const replacePort = <Port extends object>(name: string, port: Port): Port => {
  return new Proxy(port, {
    get: (target, property, receiver) => {
      const value = Reflect.get(target, property, receiver) as unknown;
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        const aim = point?.port === name && point.method === property ? point : null;
        if (aim !== null) calls += 1;
        const isDue = aim !== null && calls === aim.call;
        if (isDue && aim.when === 'before') await strike(aim);
        const result = await (value as (...given: unknown[]) => Promise<unknown>).apply(target, args);
        if (isDue && aim.when === 'after') await strike(aim);
        return result;
      };
    },
  });
};

const read = readEnv();
if (read.kind === 'invalid') throw new Error(JSON.stringify(read.issues));
const program = await compose(read.env, log, {
  times: { ...quickTimes, deliveryLease: 1500, syncLease: 1500 },
  workTimes: { relayEvery: 25, jobLease: 2000 },
  leverPace: { perSecond: 1000, burst: 1000 },
  turnPace: { perSecond: 1000, burst: 1000 },
  replacePort,
});
await program.server.listen({ host: read.env.host, port: read.env.port });
process.once('SIGTERM', () => void program.stop(2000).then(() => process.exit(0)));
