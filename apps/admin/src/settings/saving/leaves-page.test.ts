import { expect, it } from 'vitest';
import { leavesPage } from './leaves-page.ts';

const here = { pathname: '/settings', search: { account: 'a' } };

it.each([
  ['the card is closed', { ...here, search: { account: 'a', open: true } }, false],
  ['another page', { ...here, pathname: '/checks' }, true],
  ['another account', { ...here, search: { account: 'b' } }, true],
  ['no account', { ...here, search: {} }, true],
])('knows whether what was entered would be lost: %s', (_, next, isLeft) => {
  expect(leavesPage(here, next)).toBe(isLeft);
});
