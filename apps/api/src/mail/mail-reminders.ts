import type { Reminders } from '@turn-lever/core/ports/reminders';
import type { Mail } from './create-mail.ts';
import { endLetter } from './letters.ts';

/** Reminds by mail, with the address of the settings page. */
export const createMailReminders = (mail: Mail, publicUrl: string): Reminders => ({
  send: (email, reminder) => mail.send(email, endLetter(reminder, `${publicUrl}/settings`)),
});
