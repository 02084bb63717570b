/**
 * What went wrong in the world outside, as a closed list. `rejected`: the other side understood and refuses for good.
 * `rate-limited` and `unavailable` pass by themselves; everything else does not.
 */
export type PortErrorCode =
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'rejected'
  | 'rate-limited'
  | 'unavailable';

/** Thrown by every port when the world fails. The message names no person and no secret. */
export class PortError extends Error {
  readonly code: PortErrorCode;
  /** How long the other side asks us to wait, in ms; null where it does not say. */
  readonly retryAfter: number | null;
  /** Which vendor failed; null where it was none of them. */
  readonly vendor: 'lever' | 'turn' | null;

  constructor(
    code: PortErrorCode,
    message: string,
    options: { retryAfter?: number | null; vendor?: 'lever' | 'turn'; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'PortError';
    this.code = code;
    this.retryAfter = options.retryAfter ?? null;
    this.vendor = options.vendor ?? null;
  }

  /** Whether the same call may succeed later without anybody acting. */
  get isPassing(): boolean {
    return this.code === 'rate-limited' || this.code === 'unavailable';
  }
}
