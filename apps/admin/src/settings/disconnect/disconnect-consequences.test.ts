import { describe, expect, it } from 'vitest';
import { deleteByHand, disconnectConsequences, stayingWebhooks } from './disconnect-consequences.ts';

const none = {
  openChecks: 0,
  heldChecks: 0,
  waitingDeliveries: 0,
  createdWebhooks: 0,
  hasPastedSecret: false,
};

describe('what a disconnect means', () => {
  it.each([
    [none, ['No check is running.']],
    [
      { ...none, openChecks: 1 },
      ['1 check is running; it continues at Turn, but Lever will no longer be updated.'],
    ],
    [
      { ...none, openChecks: 3 },
      ['3 checks are running; they continue at Turn, but Lever will no longer be updated.'],
    ],
    [{ ...none, heldChecks: 1 }, ['1 candidate waits for a decision and will not be ordered.']],
    [{ ...none, heldChecks: 2 }, ['2 candidates wait for a decision and will not be ordered.']],
    [{ ...none, waitingDeliveries: 1 }, ['1 stage change from Lever is not decided yet and will not be.']],
    [{ ...none, createdWebhooks: 2 }, ['2 webhooks that Turn made in Lever are deleted there.']],
  ])('%j', (facts, sentences) => {
    const all = disconnectConsequences(facts);
    for (const sentence of sentences) expect(all).toContain(sentence);
    expect(all.at(-1)).toContain('are erased here');
  });

  it.each([
    [none, 0, ['On the Authorized Apps tab']],
    [{ ...none, hasPastedSecret: true }, 0, ['Webhooks tab', 'On the Authorized Apps tab']],
    [none, 1, ['did not let Turn delete 1 webhook', 'On the Authorized Apps tab']],
  ])('says what remains to delete by hand', (facts, staying, parts) => {
    const lines = deleteByHand(facts, staying);
    expect(lines).toHaveLength(parts.length);
    parts.forEach((part, place) => {
      expect(lines[place]).toContain(part);
    });
  });
});

it.each([
  [0, [], 0],
  // Without the permission Lever does not even list them, and we made none.
  [0, [{ webhookId: null }], 0],
  [1, [{ webhookId: null }], 1],
  [2, [{ webhookId: 'w-1' }], 1],
])('counts what stays in Lever: %d made, %j', (created, staying, count) => {
  expect(stayingWebhooks(created, staying)).toBe(count);
});
