import { describe, expect, it } from 'vitest';
import { leverHealth } from './lever-health.ts';

const day = 86_400_000;
const now = 1_700_000_000_000;
const working = { state: 'working', missingScopes: [], endsAt: now + 200 * day } as const;

describe('how the connection to Lever stands', () => {
  it.each([
    [working, 'good', 'Connected'],
    [{ ...working, endsAt: null }, 'good', 'Connected'],
    [{ ...working, endsAt: now + 31 * day }, 'good', 'Connected'],
    [{ ...working, endsAt: now + 30 * day }, 'warning', 'Ends soon'],
    [{ ...working, missingScopes: ['notes'] }, 'warning', 'A permission is missing'],
    [{ ...working, state: 'not-connected' }, 'neutral', 'Not connected'],
    // Worse than any other: it is said first.
    [{ ...working, state: 'reconnect-needed', endsAt: now }, 'bad', 'Reconnect needed'],
  ] as const)('%j is %s', (facts, tone, word) => {
    expect(leverHealth(facts, now)).toMatchObject({ tone, word });
  });

  it.each([
    [7 * day + 5, 'in 7 days'],
    [day, 'tomorrow'],
    [day - 1, 'within a day'],
    [-1, 'within a day'],
  ])('counts the days left: %d ms', (left, words) => {
    expect(leverHealth({ ...working, endsAt: now + left }, now).sentence).toContain(words);
  });

  it('says that it ends soon where a permission is missing, too', () => {
    const facts = { ...working, missingScopes: ['notes'], endsAt: now + 7 * day } as const;
    const { sentence } = leverHealth(facts, now);
    expect(sentence).toMatch(/^Not granted: .*ends in 7 days\. Reconnect and accept/u);
    expect(leverHealth({ ...facts, endsAt: now + 31 * day }, now).sentence).not.toContain('ends');
  });
});
