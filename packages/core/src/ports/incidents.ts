import type { ConnectionId, Instant } from '../ids.ts';

/** What a person should hear of, once. */
export type IncidentKind =
  | 'lever-reconnect-needed'
  | 'lever-authorization-ends'
  | 'turn-reconnect-needed'
  | 'delivery-key-reused'
  | 'status-off-graph'
  | 'status-left-withdrawn'
  | 'status-unrecognised'
  | 'report-url-refused'
  | 'tag-stays'
  | 'write-back-refused'
  | 'archived-with-open-check'
  | 'order-unknown'
  | 'check-adopted'
  | 'missed-by-webhook'
  | 'trigger-stage-unclear';

/** One thing that went wrong, from when it was first seen until it was over. */
export interface Incident {
  readonly kind: IncidentKind;
  /** What it is about: an id, or a word of ours. Never a person. */
  readonly subject: string;
  readonly raisedAt: Instant;
}

/** Keeps what people must be told, once for each incident, and the calls made on the way. Throws `unavailable`. */
export interface Incidents {
  /** Opens an incident. False where it is open already. */
  raise(connectionId: ConnectionId, kind: IncidentKind, subject: string): Promise<boolean>;
  /** Closes it. False where it was not open. */
  resolve(connectionId: ConnectionId, kind: IncidentKind, subject: string): Promise<boolean>;
  /** Open ones, newest first. */
  listOpen(connectionId: ConnectionId): Promise<readonly Incident[]>;
  /** What incidents of a kind were about, each once and in no order: open ones and closed ones, by whomever. */
  subjectsRaised(connectionId: ConnectionId, kind: IncidentKind): Promise<readonly string[]>;
}
