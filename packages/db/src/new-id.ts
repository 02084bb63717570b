import { randomUUID } from 'node:crypto';

let lastMs = 0;
let lastCount = 0;

/**
 * A UUID of version 7: 48 bits of time in ms, then a count within the ms, then 62 random bits. Ids made later by one
 * process sort later, so that "newest first" can go by the id, and inserts touch one end of the index.
 */
export const newId = <Id extends string>(): Id => {
  const now = Date.now();
  // 12 bits: after 4096 ids in one ms, or when the clock steps back, time is borrowed from the next ms.
  lastCount = now > lastMs ? 0 : lastCount + 1;
  lastMs = Math.max(now, lastMs) + (lastCount > 0xfff ? 1 : 0);
  lastCount &= 0xfff;
  const time = lastMs.toString(16).padStart(12, '0');
  const count = lastCount.toString(16).padStart(3, '0');
  // Variant and randomness of version 4 are the same; Node makes these from a store of random bytes, not one by one.
  const random = randomUUID().slice(19);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${random}` as Id;
};
