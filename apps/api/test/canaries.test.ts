import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { canaryWatch } from '@turn-lever/db/testing/canary-watch';
import { expect, test } from 'vitest';
import { hearLines } from './hear-lines.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('canaries.test.ts'))
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
const heard = () => canaryWatch.counts().texts;

test('every file that starts a process hears what it says', () => {
  const starting = files.filter(({ text }) => /from 'node:child_process'/u.test(text));
  expect(starting.length).toBeGreaterThan(0);
  expect(starting.filter(({ text }) => !text.includes('hearLines(')).map(({ name }) => name)).toEqual([]);
});

test('every file that makes a log looks at its lines, or is a program whose output is heard', () => {
  const logging = files.filter(({ name, text }) => text.includes('pino(') && !name.endsWith('-main.ts'));
  expect(logging.length).toBeGreaterThan(0);
  expect(logging.filter(({ text }) => !text.includes('canaryWatch.hear(')).map(({ name }) => name)).toEqual(
    [],
  );
});

test('a line that comes in pieces is heard as one, and so is the last without an end', async () => {
  const stream = new PassThrough();
  const before = heard();
  hearLines('a stream', stream);
  for (const piece of ['one ', 'line\ntwo li', 'nes\nand the last']) stream.write(piece);
  stream.end();
  await new Promise((resolve) => stream.once('close', resolve));
  expect(heard() - before).toBe(3);
});

test('an answer of whatever is no emulator is looked at, headers and body, and still there for who asked', async () => {
  const server = createServer((_request, response) => response.end('an answer'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/x`;
  try {
    const before = heard();
    expect(await (await fetch(url)).text()).toBe('an answer');
    await expect.poll(() => heard() - before).toBe(2);
  } finally {
    server.close();
  }
});
