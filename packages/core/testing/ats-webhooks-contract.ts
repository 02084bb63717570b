import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionId } from '../src/ids.ts';
import type { AtsWebhooks } from '../src/ports/ats-webhooks.ts';

/** What the contract needs around webhooks. */
export interface AtsWebhooksHarness {
  readonly atsWebhooks: AtsWebhooks;
  readonly connectionId: ConnectionId;
  readonly otherConnectionId: ConnectionId;
  /** An address of this installation that no other test uses. */
  readonly urlOfOurs: string;
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

    test('makes one, and in its place another of the same event and address', async () => {
      const { atsWebhooks, connectionId } = harness;
      const given = { event: 'candidateStageChange', url: harness.urlOfOurs };
      const first = await atsWebhooks.createWebhook(connectionId, given);
      const second = await atsWebhooks.createWebhook(connectionId, given);
      expect(second).toMatchObject(given);
      expect(second.signatureToken).not.toBe(first.signatureToken);
      const { signatureToken: _, ...listed } = second;
      const there = await atsWebhooks.listWebhooks(connectionId);
      expect(there.filter(({ url }) => url === given.url)).toEqual([expect.objectContaining(listed)]);
    });

    test('finds nothing wrong with one that is gone already', async () => {
      const { atsWebhooks, connectionId } = harness;
      const id = await harness.createWebhook(connectionId);
      await atsWebhooks.deleteWebhook(connectionId, id);
      await expect(atsWebhooks.deleteWebhook(connectionId, id)).resolves.toBeUndefined();
    });
  });
};
