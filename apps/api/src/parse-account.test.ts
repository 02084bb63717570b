import { canary } from '@turn-lever/core/testing/canaries';
import { expect, test } from 'vitest';
import { parseAccount } from './parse-account.ts';

const account = (given: object = {}) => ({
  name: 'Partner',
  superAdminEmail: canary.adminEmail,
  lever: {
    environment: 'sandbox',
    accountId: 'lever-account',
    accessToken: canary.secret('access'),
    refreshToken: canary.secret('refresh'),
    expiresAt: '2026-11-23T12:00:00Z',
    signatureToken: canary.secret('signature'),
  },
  turn: { token: canary.secret('turn') },
  settings: {},
  ...given,
});

test('reads an account', () => {
  expect(parseAccount(JSON.stringify(account()))).toMatchObject({
    kind: 'valid',
    account: { name: 'Partner', lever: { expiresAt: Date.UTC(2026, 10, 23, 12) } },
  });
});

// `account:create` prints these as they are.
test.each<[string, unknown, string]>([
  ['no JSON', 'name=x', 'Expected JSON.'],
  ['an unknown field', account({ colour: 'red' }), 'colour'],
  ['a missing field', account({ turn: undefined }), 'turn'],
  ['a missing secret', account({ turn: { token: '' } }), 'turn.token'],
  ['an unknown setting', account({ settings: { speed: 1 } }), 'settings.speed: Not a setting'],
  [
    'a wrong setting',
    account({ settings: { waitBeforeOrdering: -1 } }),
    'settings.waitBeforeOrdering: Expected a whole number',
  ],
  [
    'a wrong environment',
    account({ lever: { ...account().lever, environment: 'test' } }),
    'Expected sandbox or production',
  ],
  ['a wrong time', account({ lever: { ...account().lever, expiresAt: 'soon' } }), 'lever.expiresAt'],
  ['a wrong address', account({ superAdminEmail: 'admin' }), 'superAdminEmail'],
  ['null', 'null', 'input: '],
  ['a NUL', account({ name: 'a\u0000b' }), 'name: Expected a text without control characters'],
  [
    'a token of two lines',
    account({ turn: { token: `${canary.secret('turn')}\nturn` } }),
    'turn.token: Expected a text without',
  ],
  [
    'a time beyond all times',
    account({ lever: { ...account().lever, expiresAt: 9e15 } }),
    'lever.expiresAt: Expected an ISO 8601 time',
  ],
])('refuses %s, says where, and shows no value', (_title, input, words) => {
  const read = parseAccount(typeof input === 'string' ? input : JSON.stringify(input));
  if (read.kind === 'valid') throw new Error('Expected it to be refused.');
  const said = read.issues.map(({ path, message }) => `${path || 'input'}: ${message}`).join('\n');
  expect(said).toContain(words);
  expect(said).not.toContain('canary');
});
