import { dueReminder, isAboutEnd, type ReminderDays } from '../connecting/end-reminder.ts';
import type { ConnectionId, Instant } from '../ids.ts';
import type { Connections } from '../ports/connections.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { People } from '../ports/people.ts';
import type { Reminders } from '../ports/reminders.ts';

/** Which reminder was given, for the log, and how many people it reached; null: none was due. */
export type RemindedOfEnd = {
  readonly days: ReminderDays;
  readonly sent: number;
  readonly notSent: number;
} | null;

const kind = 'lever-authorization-ends';

/**
 * Reminds an account's Super Admins that Lever's authorization ends (`lever-api.md` §2.1: after a year). At most once for
 * each reminder and grant: the incident comes first, so that a mail is rather missing than repeated. `reminders` null:
 * the incident alone. Throws `PortError` `unavailable`.
 */
export const createRemindOfEnd =
  (ports: {
    readonly connections: Pick<Connections, 'read'>;
    readonly incidents: Pick<Incidents, 'raise' | 'resolve' | 'listOpen' | 'subjectsRaised'>;
    readonly people: Pick<People, 'list' | 'memberships'>;
    readonly reminders: Reminders | null;
    readonly now: () => Instant;
  }) =>
  async (connectionId: ConnectionId): Promise<RemindedOfEnd> => {
    const { connections, incidents, people, reminders, now } = ports;
    const connection = await connections.read(connectionId);
    if (connection?.lever !== 'working' || connection.disconnectedAt !== null) return null;
    if (connection.authorization === null) return null;
    const { endsAt } = connection.authorization;

    // Left over where the program died while somebody connected anew.
    for (const open of await incidents.listOpen(connectionId)) {
      if (open.kind === kind && !isAboutEnd(open.subject, endsAt))
        await incidents.resolve(connectionId, kind, open.subject);
    }
    const due = dueReminder(endsAt, await incidents.subjectsRaised(connectionId, kind), now());
    if (due === null || !(await incidents.raise(connectionId, kind, due.subject))) return null;

    const members = reminders === null ? [] : await people.list(connection.accountId);
    const answers = await Promise.all(
      members
        .filter(({ role }) => role === 'super-admin')
        .map(async ({ personId, email }) => {
          const memberships = await people.memberships(personId);
          const membership = memberships.find(({ accountId }) => accountId === connection.accountId);
          if (membership === undefined) return false;
          return (await reminders?.send(email, { accountName: membership.accountName, endsAt })) ?? false;
        }),
    );
    const sent = answers.filter((wasSent) => wasSent).length;
    return { days: due.days, sent, notSent: answers.length - sent };
  };
