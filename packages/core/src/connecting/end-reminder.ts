import type { Instant } from '../ids.ts';

/** How many days before an authorization ends people are reminded, the first reminder first. */
const reminderDays = [30, 7, 1] as const;

/** One of the reminders, by its days before the end. */
export type ReminderDays = (typeof reminderDays)[number];

const day = 86_400_000;

/** What the incident of a reminder is about: names the grant by its end, so that the next grant is reminded of anew. */
export const endSubject = (days: ReminderDays, endsAt: Instant): string =>
  `${days}d before ${new Date(endsAt).toISOString()}`;

/**
 * Which reminder of an authorization's end is due, if any. `known`: the subjects of all that were given so far. Of
 * several that were missed only the last; none once it has ended, or after a later one.
 */
export const dueReminder = (
  endsAt: Instant,
  known: readonly string[],
  now: Instant,
): { readonly days: ReminderDays; readonly subject: string } | null => {
  const left = endsAt - now;
  if (left <= 0) return null;
  const reached = reminderDays.filter((days) => left <= days * day);
  const days = reached.at(-1);
  if (days === undefined) return null;
  const later = reminderDays.filter((other) => other <= days);
  if (later.some((other) => known.includes(endSubject(other, endsAt)))) return null;
  return { days, subject: endSubject(days, endsAt) };
};

/** Whether the incident of a reminder is about the grant that ends then: one of an earlier grant is over. */
export const isAboutEnd = (subject: string, endsAt: Instant): boolean =>
  reminderDays.some((days) => endSubject(days, endsAt) === subject);
