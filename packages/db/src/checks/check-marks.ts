import { sql } from 'drizzle-orm';

// The table's name is written out: in an `on conflict` a bare column could also be the one that was given.

/** Makes a check due for a sync at once. The count tells a sync under way that it was not the last. */
export const dueNow = {
  nextSyncAt: sql`now()`,
  wakeCount: sql`background_check.wake_count + 1`,
  queuedAt: null,
} as const;

/** Takes the hold away. */
export const unheld = { holdReason: null, holdDetails: [], heldSince: null } as const;
