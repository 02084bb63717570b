import { describe, expect, it } from 'vitest';
import { checkProgress, type ProgressFacts } from './check-progress.ts';

const facts = (given: Partial<ProgressFacts>): ProgressFacts => ({
  phase: 'ordered',
  status: null,
  holdReason: null,
  ...given,
});

describe('the progress of a check', () => {
  it.each([
    [facts({}), 'Ordered', 'info'],
    [facts({ status: 'Clear' }), 'Clear', 'good'],
    [facts({ status: 'Consider' }), 'Consider', 'warning'],
    [facts({ status: 'Report Ready' }), 'Report Ready', 'warning'],
    [facts({ status: 'Foo Bar' }), 'Foo Bar', 'info'],
    [facts({ phase: 'held', holdReason: 'held.bulk' }), 'Waits', 'warning'],
    [facts({ phase: 'ready' }), 'Being ordered', 'info'],
    [facts({ phase: 'sending' }), 'Being ordered', 'info'],
    [facts({ phase: 'unknown' }), 'Being looked up', 'info'],
    [facts({ phase: 'dismissed' }), 'Not ordered', 'neutral'],
  ] as const)('%j is %s', (given, word, tone) => {
    expect(checkProgress(given)).toMatchObject({ word, tone });
  });

  it.each([
    ['held.bulk', 'More than the hourly limit of orders.'],
    ['held.made-up', null],
    [null, null],
  ])('says why it waits: %s', (holdReason, sentence) => {
    expect(checkProgress(facts({ phase: 'held', holdReason })).sentence).toBe(sentence);
  });
});
