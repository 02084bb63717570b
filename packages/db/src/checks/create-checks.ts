import type { Checks } from '@turn-lever/core/ports/checks';
import type { Database } from '../database.ts';
import { createDecideCheck } from './decide-check.ts';
import { createFindChecks } from './find-checks.ts';
import { createPlaceCheck } from './place-check.ts';
import { createSyncCheck } from './sync-check.ts';

/**
 * Orders and checks in our database. Every step is one statement, so nothing is ever half done. An order that another
 * connection to the same Lever account has is `rejected`.
 */
export const createChecks = ({ db }: Pick<Database, 'db'>): Checks => ({
  ...createFindChecks(db),
  ...createDecideCheck(db),
  ...createPlaceCheck(db),
  ...createSyncCheck(db),
});
