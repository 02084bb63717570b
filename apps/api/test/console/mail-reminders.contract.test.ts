import { describeRemindersContract } from '@turn-lever/core/testing/reminders-contract';
import { canaryWatch } from '@turn-lever/db/testing/canary-watch';
import { pino } from 'pino';
import { createMail } from '../../src/mail/create-mail.ts';
import { createMailReminders } from '../../src/mail/mail-reminders.ts';
import { bodyOf, startMailServer } from './mail-server.ts';

describeRemindersContract('by mail', async () => {
  const server = await startMailServer();
  const mail = createMail({
    smtpUrl: server.url,
    from: 'console@example.com',
    log: pino({}, { write: (line: string) => canaryWatch.hear('log', line) }),
  });
  return {
    reminders: createMailReminders(mail, 'https://console.example.com'),
    refused: 'nobody@refused.example.com',
    received: async (email) =>
      server.letters.filter(({ to }) => to.includes(email)).map(({ source }) => bodyOf(source)),
    close: server.close,
  };
});
