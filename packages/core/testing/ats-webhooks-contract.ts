import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionId } from '../src/ids.ts';
import type { AtsWebhooks } from '../src/ports/ats-webhooks.ts';

/** What the contract needs around webhooks. */
export interface AtsWebhooksHarness {
  readonly atsWebhooks: AtsWebhooks;
  readonly connectionId: ConnectionId;
  readonly otherConnectionId: ConnectionId;
  /** Makes a webhook as this installation does; its id. */
  createWebhook(connectionId: ConnectionId): Promise<string>;
  close(): Promise<void>;
}

/** What every `AtsWebhooks` promises. */
export const describeAtsWebhooksContract = (
  name: string,
  createHarness: () => Promise<AtsWebhooksHarness>,
): void => {
  describe(`ats webhooks: ${name}`, () => {
    let harness: AtsWebhooksHarness;
    beforeAll(async () => {
      harness = await createHarness();
    });
    afterAll(async () => {
      await harness?.close();
    });

    const ids = async (connectionId: ConnectionId): Promise<string[]> =>
      (await harness.atsWebhooks.listWebhooks(connectionId)).map(({ id }) => id);

    test('lists what was made, and deletes one without touching another connection', async () => {
      const { atsWebhooks, connectionId, otherConnectionId } = harness;
      const id = await harness.createWebhook(connectionId);
      const theirs = await harness.createWebhook(otherConnectionId);
      expect(await ids(connectionId)).toContain(id);
      expect(await ids(connectionId)).not.toContain(theirs);
      await atsWebhooks.deleteWebhook(connectionId, id);
      expect(await ids(connectionId)).not.toContain(id);
      expect(await ids(otherConnectionId)).toContain(theirs);
    });

    test('finds nothing wrong with one that is gone already', async () => {
      const { atsWebhooks, connectionId } = harness;
      const id = await harness.createWebhook(connectionId);
      await atsWebhooks.deleteWebhook(connectionId, id);
      await expect(atsWebhooks.deleteWebhook(connectionId, id)).resolves.toBeUndefined();
    });
  });
};
