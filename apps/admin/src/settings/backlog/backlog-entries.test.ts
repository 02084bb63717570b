import { expect, it } from 'vitest';
import { confirmWords, toEntries } from './backlog-entries.ts';

it('lists held checks and undecided entries together, oldest first', () => {
  const entries = toEntries(
    {
      checks: [
        { id: 'c-1', opportunityId: 'o-1', createdAt: 1, hold: { since: 50 } },
        { id: 'c-2', opportunityId: 'o-2', createdAt: 70, hold: null },
      ],
      entries: [{ opportunityId: 'o-3', name: 'Robin Example', enteredAt: 20 }],
    },
    new Map([['o-1', 'Alex Sample']]),
  );
  expect(entries.map(({ name, since }) => [name, since])).toEqual([
    ['Robin Example', 20],
    ['Alex Sample', 50],
    [null, 70],
  ]);
  expect(entries.map(({ subject }) => subject.kind)).toEqual(['entry', 'check', 'check']);
});

it.each([
  ['order', 1, 'Order 1 check?', '1 check is ordered'],
  ['order', 3, 'Order 3 checks?', '3 checks are ordered'],
  ['discard', 1, 'Discard 1 candidate?', 'the candidate is considered anew'],
  ['discard', 2, 'Discard 2 candidates?', 'they are considered anew'],
] as const)('says in numbers what happens: %s %d', (decision, count, title, text) => {
  const words = confirmWords(decision, count);
  expect(words.title).toBe(title);
  expect(words.text).toContain(text);
});
