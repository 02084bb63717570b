import type { Instant } from './ids.ts';

/** A value that was seen while deciding. Ids, tags of ours, times and yes or no: never a person's data. */
export type SeenValue = string | number | boolean | null | readonly string[];

/** One step of a decision: what was looked at, what was seen, and whether it let the order pass. */
export interface TrailStep {
  readonly step: string;
  readonly seen: Readonly<Record<string, SeenValue>>;
  readonly outcome: 'pass' | 'stop' | 'waived';
}

/** One call to a vendor, as shown to people. The path holds ids only and no query. */
export interface VendorCall {
  readonly vendor: 'lever' | 'turn';
  readonly method: string;
  readonly path: string;
  /** Null where no answer came. */
  readonly status: number | null;
  readonly ms: number;
  readonly at: Instant;
}
