import type { Happening } from '@turn-lever/core/delivery';
import type { Instant } from '@turn-lever/core/ids';

/** What Lever's signature covers, and the signature as it came: of any type, perhaps absent (`lever-api.md` §3.3). */
export interface SignedPart {
  /** Random for each delivery; what makes a repeat recognisable. */
  readonly token: string;
  /** `triggeredAt` exactly as signed: the digits of the number, or the text where Lever sent a text. */
  readonly triggeredAtText: string;
  readonly signature: unknown;
}

/** A well-formed webhook body. Nothing in it is believed before the signature is verified, `happening` not even then. */
export interface LeverDelivery {
  /** `ping`: `data` is empty, whatever the event: Lever's "Verify connection" (`lever-api.md` §3.4). */
  readonly kind: 'event' | 'ping';
  readonly token: string;
  readonly signature: unknown;
  readonly triggeredAt: { readonly text: string; readonly at: Instant };
  readonly happening: Happening;
  /** Base64url SHA-256 over everything of the body that we use. */
  readonly contentDigest: string;
}

/** What came of reading a body. `problem` names the first field that is wrong, never its value. */
export type LeverReading =
  | LeverDelivery
  | { readonly kind: 'malformed'; readonly problem: 'body' | 'token' | 'triggeredAt' | 'event' | 'data' };
