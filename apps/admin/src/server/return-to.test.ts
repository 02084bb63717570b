import { expect, test } from 'vitest';
import { toReturnTo } from './return-to.ts';

test.each([
  '/settings',
  '/settings?account=abc&lever=connected',
  '/checks?cursor=%2F%2Fevil.example.com',
  '/',
])('goes back to %s', (path) => {
  expect(toReturnTo(path)).toBe(path);
});

test.each([
  ['another site', 'https://evil.example.com/settings'],
  ['another site without a scheme', '//evil.example.com'],
  ['a backslash that browsers take for a slash', '/\\evil.example.com'],
  ['two backslashes', '\\\\evil.example.com'],
  ['a tab that browsers leave out', '/\t/evil.example.com'],
  ['slashes that appear when dots are resolved', '/.//evil.example.com'],
  ['a backslash for whoever decodes it', '/%5cevil.example.com'],
  ['a slash for whoever decodes it', '/%2Fevil.example.com'],
  ['a tab for whoever decodes it', '/%09/evil.example.com'],
  ['a script', 'javascript:alert(1)'],
  ['data', 'data:text/html,x'],
  ['a path without its slash', 'settings'],
  ['the sign-in page, which would ask again', '/sign-in?returnTo=/settings'],
  ['nothing', ''],
  ['no text', ['/settings']],
  ['nothing at all', undefined],
])('goes to the start instead of %s', (_what, given) => {
  expect(toReturnTo(given)).toBe('/');
});

test('leaves the fragment out, which may hold the token of a link', () => {
  expect(toReturnTo('/settings#token')).toBe('/settings');
});
