import { expect, test } from 'vitest';
import { missingPermissions, wantedPermissions } from './lever-permission.ts';
import { isOwnPage } from './own-page.ts';

test('webhooks are asked for only where somebody wants one made', () => {
  expect(wantedPermissions(false)).toEqual(['offline', 'opportunities', 'stages', 'tags', 'notes']);
  expect(wantedPermissions(true)).toEqual([...wantedPermissions(false), 'webhooks']);
});

test('what is missing is named, and what was not asked for is not missed', () => {
  expect(missingPermissions(wantedPermissions(true), ['offline', 'stages', 'tags', 'opportunities'])).toEqual(
    ['notes', 'webhooks'],
  );
  expect(missingPermissions(wantedPermissions(false), wantedPermissions(true))).toEqual([]);
});

test.each([
  ['/', true],
  ['/settings', true],
  ['/settings?account=0199-a&step=2', true],
  ['/settings/', false],
  ['settings', false],
  ['', false],
  ['//evil.example', false],
  ['//evil.example/settings', false],
  ['/\\evil.example', false],
  ['\\evil.example', false],
  ['/settings\\..\\evil', false],
  ['https://evil.example/settings', false],
  ['https:/settings', false],
  ['javascript:alert(1)', false],
  ['/%2f/evil.example', false],
  ['/%5cevil.example', false],
  ['/settings?to=//evil.example', false],
  ['/settings?a=1?b=2', false],
  ['/settings#token', false],
  ['/settings\n', false],
  ['/settings\t?x=1', false],
  [' /settings', false],
  ['/api/trpc/account.state', false],
  ['/oauth/lever/return', false],
  [`/settings?${'a'.repeat(201)}`, false],
])('%j is a page of ours: %s', (address, isOurs) => {
  expect(isOwnPage(address)).toBe(isOurs);
});
