import { PortError } from '@turn-lever/core/ports/port-error';
import { type DestinationStream, type Logger, pino } from 'pino';

/**
 * The log: JSON lines on standard output, times in UTC. Lines are built field by field from ids and kinds, so that
 * nothing personal and no secret can get in; an error gives its name, code and message, never its cause's data.
 */
export const createLog = (level: string, destination?: DestinationStream): Logger => {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
};

/** What may be said of an error in a log line. */
export const describeError = (
  error: unknown,
): { error: string; code?: string; problem?: string; at?: string } => {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  // Messages of foreign errors can hold values (a driver quotes the row): the name, the code and our own place say enough.
  const at = error.stack
    ?.split('\n')
    .find((line) => line.includes('/src/'))
    ?.trim();
  return {
    error: error.name,
    ...code,
    // Ours, and made of ids, routes and statuses only.
    ...(error instanceof PortError ? { problem: error.message } : {}),
    ...(at === undefined
      ? {}
      : { at: at.replace(/^at /u, '').replace(/\(?file:\/\/.*\/(?=(apps|packages)\/)/u, '') }),
  };
};
