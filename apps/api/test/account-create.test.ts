import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { canary } from '@turn-lever/core/testing/canaries';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand, startChild } from './child-program.ts';
import { createVendors } from './vendors.ts';

let vendors: Awaited<ReturnType<typeof createVendors>>;
beforeAll(async () => {
  vendors = await createVendors();
});
afterAll(() => vendors.close());

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
const create = (input: unknown) =>
  runCommand(
    'account-create-main.ts',
    vendors.variables,
    typeof input === 'string' ? input : JSON.stringify(input),
  );

describe('account:create', () => {
  test('prints the ids and both webhook addresses as JSON, and keeps its secrets in a file of mode 0600', async () => {
    const { code, out, problem } = await create(account());
    expect({ code, problem }).toEqual({ code: 0, problem: '' });
    const made = JSON.parse(out) as Record<string, string>;
    expect(Object.keys(made)).toEqual([
      'accountId',
      'connectionId',
      'leverWebhookUrl',
      'turnWebhookUrl',
      'invitationUrl',
    ]);
    expect(made.invitationUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/invitation#[A-Za-z0-9_-]{43}$/u);
    for (const name of ['leverWebhookUrl', 'turnWebhookUrl']) {
      expect(made[name]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/webhooks\/(lever|turn)\/[A-Za-z0-9_-]{43}$/u);
    }
    expect(out).not.toContain('canary');
    const secrets = join(vendors.variables.DATA_DIR ?? '', 'secrets.json');
    expect(existsSync(secrets)).toBe(true);
    expect(statSync(secrets).mode & 0o777).toBe(0o600);
  });

  test('refuses a Lever account that another account has', async () => {
    const { code, problem } = await create(account());
    expect(code).toBe(1);
    expect(problem).toContain('connected to another account already');
  });

  test.each<[string, unknown, string]>([
    ['no JSON', 'name=x', 'Expected JSON.'],
    ['a missing secret', account({ turn: { token: '' } }), 'turn.token'],
    [
      'a token of two lines',
      account({ turn: { token: `${canary.secret('turn')}\nturn` } }),
      'turn.token: Expected a text without',
    ],
  ])('refuses %s, says where, and shows no value', async (_title, input, words) => {
    const { code, out, problem } = await create(input);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(problem).toContain(words);
    expect(problem).not.toMatch(/canary|\n\s+at /u);
  });

  test('says that the program must be stopped while it holds the embedded database', async () => {
    const child = await startChild(vendors.url, vendors.variables);
    try {
      const { code, problem } = await create(account());
      expect(code).toBe(1);
      expect(problem).toMatch(/is in use by process \d+\. Stop it first, or set DATABASE_URL\./u);
    } finally {
      expect(await child.end('SIGTERM')).toBe(0);
    }
  });
});
