import { createdDatabases } from '@turn-lever/postgres/create-database';
import { afterAll, expect, inject } from 'vitest';
import { canaryWatch, isSearched, searchServerDatabase, writeCounts } from './canary-watch.ts';

/**
 * A vitest `setupFile`: after all tests of a file, and whatever they did, every database that the file made and no world has
 * searched at its end is searched for canaries, and the file fails where one was found there, in a log line or in an answer.
 */
const timeout = 120_000;

afterAll(async () => {
  for (const url of createdDatabases().filter((one) => !isSearched(one))) {
    await searchServerDatabase(canaryWatch, url).catch((error: { code?: unknown }) => {
      // Dropped by its test, or renamed to one that is searched.
      if (error.code !== '3D000') throw error;
    });
  }
  writeCounts(inject('canaryCounts'), canaryWatch);
  expect(canaryWatch.leaks(), 'A secret or a person in clear').toEqual([]);
}, timeout);
