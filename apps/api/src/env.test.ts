import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeEnvIssues, readEnv } from './env.ts';

const DATA_DIR = mkdtempSync(join(tmpdir(), 'turn-lever-env-'));
const key = Buffer.alloc(32, 1).toString('base64');
const server = {
  PUBLIC_URL: 'https://turn.example.com',
  DATABASE_URL: 'postgres://u:p@127.0.0.1/x',
  AUTH_SECRET: 'x'.repeat(32),
  ENCRYPTION_KEYS: `k1:${key}`,
};
const env = (given: Record<string, string> = {}) => {
  const read = readEnv({ DATA_DIR, ...given });
  if (read.kind === 'invalid') throw new Error(describeEnvIssues(read.issues));
  return read.env;
};

describe('wrong environment variables', () => {
  test('none set is a local try-out on the embedded database', () => {
    expect(env()).toMatchObject({
      databaseUrl: null,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      role: 'all',
      lever: { production: null, sandbox: null },
      turnApiUrl: 'https://api.turn.ai/v1',
      turnDashboardHosts: ['partners.turn.ai', 'partners.turning.io'],
      logLevel: 'info',
    });
  });

  test('makes secrets once and finds them again', () => {
    const { encryptionKeys, authSecret } = env();
    expect(encryptionKeys[0]?.key).toHaveLength(32);
    expect(env()).toMatchObject({ encryptionKeys, authSecret });
  });

  test('offers an environment of Lever once its app is known', () => {
    expect(
      env({ LEVER_SANDBOX_CLIENT_ID: 'id', LEVER_SANDBOX_CLIENT_SECRET: 'secret' }).lever.sandbox,
    ).toMatchObject({
      apiUrl: 'https://api.sandbox.lever.co/v1',
      authUrl: 'https://sandbox-lever.auth0.com',
      audience: 'https://api.sandbox.lever.co/v1/',
    });
  });

  test('seals with the first of several keys', () => {
    const { encryptionKeys } = env({ ...server, ENCRYPTION_KEYS: `new:${key},old:${key}` });
    expect(encryptionKeys.map(({ kid }) => kid)).toEqual(['new', 'old']);
  });

  test.each<[string, Record<string, string>]>([
    ['DATABASE_URL', { DATABASE_URL: 'mysql://x' }],
    ['DATABASE_URL', { PUBLIC_URL: 'https://turn.example.com' }],
    ['PORT', { PORT: '70000' }],
    ['PORT', { PORT: 'http' }],
    ['PUBLIC_URL', { ...server, PUBLIC_URL: 'http://turn.example.com' }],
    ['PUBLIC_URL', { ...server, PUBLIC_URL: 'https://turn.example.com/path' }],
    ['ROLE', { ROLE: 'boss' }],
    ['ROLE', { ROLE: 'web' }],
    ['AUTH_SECRET', { ...server, AUTH_SECRET: 'short' }],
    ['AUTH_SECRET', { ...server, AUTH_SECRET: '' }],
    ['ENCRYPTION_KEYS', { ...server, ENCRYPTION_KEYS: 'k1:tooshort' }],
    ['ENCRYPTION_KEYS', { ...server, ENCRYPTION_KEYS: `k1:${key},k1:${key}` }],
    ['ENCRYPTION_KEYS', { ...server, ENCRYPTION_KEYS: '' }],
    ['PUBLIC_URL', { ...server, PUBLIC_URL: '' }],
    ['LEVER_SANDBOX_CLIENT_SECRET', { LEVER_SANDBOX_CLIENT_ID: 'id' }],
    ['LEVER_PRODUCTION_API_URL', { LEVER_PRODUCTION_API_URL: 'http://api.example.com' }],
    ['TURN_API_URL', { TURN_API_URL: 'turn' }],
    ['TURN_DASHBOARD_HOSTS', { TURN_DASHBOARD_HOSTS: 'https://partners.turn.ai' }],
    ['MAIL_FROM', { SMTP_URL: 'smtp://mail.example.com' }],
    ['ALERT_WEBHOOK_URL', { ALERT_WEBHOOK_URL: 'ftp://x' }],
    ['TRUST_PROXY', { TRUST_PROXY: 'everybody' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ])('%s is refused in %j, with what is expected', (variable, given) => {
    const read = readEnv({ DATA_DIR, ...given });
    expect(read).toMatchObject({
      kind: 'invalid',
      issues: [{ variable, problem: expect.stringContaining('expected') }],
    });
  });

  test('all that is wrong is named at once, and no value is shown', () => {
    const read = readEnv({
      DATA_DIR,
      PORT: 'canary-1',
      ROLE: 'canary-2',
      DATABASE_URL: 'canary-3',
      LOG_LEVEL: 'canary-4',
    });
    if (read.kind === 'valid') throw new Error('should be refused');
    const words = describeEnvIssues(read.issues);
    for (const variable of ['PORT', 'ROLE', 'DATABASE_URL', 'LOG_LEVEL']) expect(words).toContain(variable);
    expect(words).not.toContain('canary');
  });

  test('an empty variable counts as not set', () =>
    expect(env({ PORT: '', DATABASE_URL: '' }).port).toBe(3000));
});
