import { expect, test } from 'vitest';
import { describeMoment } from './describe-moment.ts';

const noon = Date.UTC(2026, 10, 24, 12);

test.each([
  [-1000, 'just now'],
  [30_000, 'in a moment'],
  [-5 * 60_000, '5 minutes ago'],
  [-23 * 3_600_000, '23 hours ago'],
  [-30 * 3_600_000, 'yesterday'],
  [7 * 86_400_000, 'in 7 days'],
  [7 * 86_400_000 - 5000, 'in 7 days'],
  [-40 * 86_400_000, 'Oct 15, 2026'],
])('%i ms away is said as “%s”', (away, words) => {
  expect(describeMoment(noon + away, noon)).toBe(words);
});
