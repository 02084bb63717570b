import { PortError } from '@turn-lever/core/ports/port-error';

/**
 * Waits for work at most so many ms; then throws `PortError` `unavailable`, while the work may still end: whoever asks
 * again finds it done. A database that hangs must not hang those who wait for an answer.
 */
export const within = async <Result>(ms: number, work: Promise<Result>): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new PortError('unavailable', `No answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // The loser's failure belongs to nobody.
    work.catch(() => {});
  }
};
