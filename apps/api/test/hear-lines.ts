import type { Readable } from 'node:stream';
import { canaryWatch } from '@turn-lever/db/testing/canary-watch';

/** Looks for canaries in every line of a process, to the last. */
export const hearLines = (source: string, stream: Readable): void => {
  let rest = '';
  stream.on('data', (chunk) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) canaryWatch.hear(source, line);
  });
  stream.once('close', () => canaryWatch.hear(source, rest));
};
