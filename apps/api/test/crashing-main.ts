import process from 'node:process';
import { pino } from 'pino';
import { compose } from '../src/compose.ts';
import { readEnv } from '../src/env.ts';
import type { CrashPoint } from './crash-point.ts';
import { quickTimes } from './quick-times.ts';

/**
 * The program as a child process that kills itself at a named point, as a power cut would: `before` or `after` a port's
 * method took effect, at its n-th call. Started by tests with the point as its only argument.
 */
const point = JSON.parse(process.argv[2] ?? 'null') as CrashPoint | null;
const log = pino({ level: 'info', base: null });
let calls = 0;

const die = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
};

const replacePort = <Port extends object>(name: string, port: Port): Port => {
  if (point === null || point.port !== name) return port;
  return new Proxy(port, {
    get: (target, property, receiver) => {
      const value = Reflect.get(target, property, receiver) as unknown;
      if (property !== point.method || typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        calls += 1;
        const isDue = calls === point.call;
        if (isDue && point.when === 'before') return die();
        const result = await (value as (...given: unknown[]) => Promise<unknown>).apply(target, args);
        return isDue ? die() : result;
      };
    },
  });
};

const read = readEnv();
if (read.kind === 'invalid') throw new Error(JSON.stringify(read.issues));
const program = await compose(read.env, log, {
  times: { ...quickTimes, deliveryLease: 1500, syncLease: 1500 },
  workTimes: { relayEvery: 25, jobLease: 2000 },
  replacePort,
});
await program.server.listen({ host: read.env.host, port: read.env.port });
process.once('SIGTERM', () => void program.stop(2000).then(() => process.exit(0)));
