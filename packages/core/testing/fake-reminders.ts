import type { EndReminder, Reminders } from '../src/ports/reminders.ts';

/** A reminder that was handed on, and to whom. */
export interface SentReminder extends EndReminder {
  readonly email: string;
}

/** Reminders that are kept in memory, in the order they were sent. */
export interface FakeReminders extends Reminders {
  readonly sent: readonly SentReminder[];
  /** Every address that was tried, also where nothing could be handed on. */
  readonly tried: readonly string[];
}

/** Reminders in memory; passes the reminders contract. `refuses` says whom nothing can be handed on to. */
export const createFakeReminders = (refuses: (email: string) => boolean = () => false): FakeReminders => {
  const sent: SentReminder[] = [];
  const tried: string[] = [];
  return {
    sent,
    tried,
    async send(email, reminder) {
      tried.push(email);
      if (refuses(email)) return false;
      sent.push({ email, ...reminder });
      return true;
    },
  };
};
