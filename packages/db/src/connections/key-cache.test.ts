import { expect, test } from 'vitest';
import { createKeyCache } from './key-cache.ts';

/** A cache over a table that counts its reads, and a clock that is moved by hand. */
const aCache = (rows: Record<string, string> = {}) => {
  const table = new Map(Object.entries(rows));
  const reads: string[] = [];
  let time = 0;
  const cache = createKeyCache<string>(
    async (key) => {
      reads.push(key);
      return table.get(key) ?? null;
    },
    () => time,
  );
  return {
    table,
    reads,
    cache,
    pass: (ms: number) => {
      time += ms;
    },
  };
};
const any = { fresh: false };
const fresh = { fresh: true };

test('reads a key once in five seconds, whether it is known or not', async () => {
  const { cache, reads, pass } = aCache({ one: 'found' });
  for (let round = 0; round < 3; round++) {
    expect(await cache.read('one', any)).toBe('found');
    expect(await cache.read('none', any)).toBeNull();
  }
  expect(reads).toEqual(['one', 'none']);
  pass(5000);
  await cache.read('one', any);
  await cache.read('none', any);
  expect(reads).toEqual(['one', 'none', 'one', 'none']);
});

test('a flood that wants it fresh reads once a second', async () => {
  const { cache, reads, pass } = aCache({ one: 'found' });
  for (let round = 0; round < 30; round++) {
    await cache.read('one', fresh);
    pass(100);
  }
  expect(reads).toHaveLength(3);
});

test('those who ask at the same time share one read', async () => {
  const { cache, reads } = aCache({ one: 'found' });
  const found = await Promise.all([1, 2, 3].map(() => cache.read('one', any)));
  expect(found).toEqual(['found', 'found', 'found']);
  expect(reads).toHaveLength(1);
});

test('what was cleared is read again', async () => {
  const { cache, table } = aCache({ one: 'old' });
  await cache.read('one', any);
  table.set('one', 'new');
  expect(await cache.read('one', any)).toBe('old');
  cache.clear();
  expect(await cache.read('one', any)).toBe('new');
});

test('a read that began before the clearing is not kept', async () => {
  const { cache, reads } = aCache({ one: 'found' });
  const early = cache.read('one', any);
  cache.clear();
  await early;
  await cache.read('one', any);
  expect(reads).toHaveLength(2);
});

test('guessing many keys does not push out those that exist', async () => {
  const { cache, reads } = aCache({ one: 'found' });
  await cache.read('one', any);
  for (let guess = 0; guess < 3000; guess++) await cache.read(`guess-${guess}`, any);
  await cache.read('one', any);
  await cache.read('guess-2999', any);
  expect(reads).toHaveLength(3001);
  await cache.read('guess-0', any);
  expect(reads).toHaveLength(3002);
});

test('a read that failed is not kept', async () => {
  let isDown = true;
  const cache = createKeyCache<string>(async () => {
    if (isDown) throw new Error('down');
    return 'found';
  });
  await expect(cache.read('one', any)).rejects.toThrow('down');
  isDown = false;
  expect(await cache.read('one', any)).toBe('found');
});
