import type { ConstructorOptions } from 'pg-boss';

/** What every pg-boss of ours is made with, on either database. */
export const queueOptions = {
  // Workers start within tens of ms of the commit; polling stays as the floor.
  useListenNotify: true,
  // Nothing of ours is scheduled by cron: what is due stands in rows.
  schedule: false,
} as const satisfies ConstructorOptions;
