import type { Instant } from '../ids.ts';

/** What somebody is to be reminded of. Holds no secret. */
export interface EndReminder {
  readonly accountName: string;
  /** When Lever's authorization ends, UTC. */
  readonly endsAt: Instant;
}

/** Reminds people where they are, outside the console. */
export interface Reminders {
  /** Whether it could be handed on to the person with this e-mail address. Never throws. */
  send(email: string, reminder: EndReminder): Promise<boolean>;
}
