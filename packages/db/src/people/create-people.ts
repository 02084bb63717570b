import type { People } from '@turn-lever/core/ports/people';
import type { Database } from '../database.ts';
import type { Sealing } from '../seal.ts';
import { createLinkMaking } from './make-links.ts';
import { createMemberships } from './memberships.ts';
import { createLinkUses } from './use-links.ts';

/** People in their tables. What must be decided together is decided under a lock on the row it is about. */
export const createPeople = (
  { db }: Pick<Database, 'db'>,
  { sealing }: { readonly sealing: Sealing },
): People => ({
  ...createMemberships(db),
  ...createLinkMaking(db),
  ...createLinkUses(db, sealing),
});
