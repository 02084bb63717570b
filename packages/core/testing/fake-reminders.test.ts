import { createFakeReminders } from './fake-reminders.ts';
import { describeRemindersContract } from './reminders-contract.ts';

describeRemindersContract('in memory', async () => {
  const refused = 'nobody@refused.example.com';
  const reminders = createFakeReminders((email) => email === refused);
  return {
    reminders,
    refused,
    received: async (address) =>
      reminders.sent
        .filter(({ email }) => email === address)
        .map(({ accountName, endsAt }) => `${accountName} ${new Date(endsAt).toISOString()}`),
    close: async () => {},
  };
});
