import type { Instant } from '@turn-lever/core/ids';
import { customType } from 'drizzle-orm/pg-core';

/**
 * A `timestamptz` that the program sees as an `Instant` (whole ms). Kept at full precision on purpose: a column that
 * rounds could put `now()` half a ms into the future, and "due at once" would not be due yet. Reading cuts below the ms.
 */
export const instant = customType<{ data: Instant; driverData: string }>({
  dataType: () => 'timestamp with time zone',
  toDriver: (value) => new Date(value).toISOString(),
  // Drizzle switches off both drivers' own date parsing, so a text such as 2026-11-23 18:47:00.123456+00 comes in.
  fromDriver: (value) => Math.floor(new Date(value).getTime()),
});
