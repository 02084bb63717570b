import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Reminders } from '../src/ports/reminders.ts';

/** What the contract needs around reminders. */
export interface RemindersHarness {
  readonly reminders: Reminders;
  /** An address to which nothing can be handed on. */
  readonly refused: string;
  /** What was handed on to an address, oldest first, as texts that hold the account's name and the day of the end. */
  received(email: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

const reminder = { accountName: 'Example Ltd', endsAt: Date.UTC(2027, 10, 23, 12) };

/** What every `Reminders` promises. */
export const describeRemindersContract = (
  name: string,
  createHarness: () => Promise<RemindersHarness>,
): void => {
  describe(`reminders: ${name}`, () => {
    let harness: RemindersHarness;
    beforeAll(async () => {
      harness = await createHarness();
    });
    afterAll(async () => {
      await harness?.close();
    });

    test('says whose authorization ends, and when, to one person alone', async () => {
      expect(await harness.reminders.send('ada@example.com', reminder)).toBe(true);
      const [text = '', ...more] = await harness.received('ada@example.com');
      expect(more).toEqual([]);
      expect(text).toContain('Example Ltd');
      expect(text).toContain('2027-11-23');
      expect(await harness.received('bea@example.com')).toEqual([]);
    });

    test('answers no, and does not throw, where nothing can be handed on; others are reached afterwards', async () => {
      expect(await harness.reminders.send(harness.refused, reminder)).toBe(false);
      expect(await harness.received(harness.refused)).toEqual([]);
      expect(await harness.reminders.send('cy@example.com', reminder)).toBe(true);
      expect(await harness.received('cy@example.com')).toHaveLength(1);
    });
  });
};
