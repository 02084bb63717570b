/** `perSecond` tokens are refilled, at most `burst` are kept. */
export interface RateLimit {
  perSecond: number;
  burst: number;
}

/** 10 requests a second, bursts to 20 (lever-api.md §4.0). */
export const leverRateLimit: RateLimit = { perSecond: 10, burst: 20 };

/** Takes one token from the key's bucket; false when it is empty. `clock` is in ms and must not jump back. */
export function createTokenBuckets(limit: RateLimit, clock: () => number): (key: string) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (key) => {
    const at = clock();
    const bucket = buckets.get(key) ?? { tokens: limit.burst, at };
    const tokens = Math.min(limit.burst, bucket.tokens + ((at - bucket.at) / 1000) * limit.perSecond);
    const isEnough = tokens >= 1;
    buckets.set(key, { tokens: isEnough ? tokens - 1 : tokens, at });
    return isEnough;
  };
}
