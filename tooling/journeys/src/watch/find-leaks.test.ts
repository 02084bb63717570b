import { canary } from '@turn-lever/core/testing/canaries';
import { describe, expect, it } from 'vitest';
import { findLeaks } from './find-leaks.ts';
import type { Exchange } from './recording-proxy.ts';

const answer = (path: string, body: string, headers: Exchange['headers'] = {}): Exchange => ({
  method: 'GET',
  path,
  status: 200,
  headers,
  body,
});
const heard = (given: Partial<Parameters<typeof findLeaks>[0]>) =>
  findLeaks({ exchanges: [], addresses: [], kept: [], secrets: [], ...given });

describe('what must not reach a browser', () => {
  it.each([
    ['a candidate’s address', canary.email],
    ['a candidate’s phone', canary.phone],
    ['a token', canary.secret('turn')],
    ['a secret of this run', 'made-for-this-run'],
  ])('finds %s in an answer', (_what, text) => {
    const exchanges = [answer('/api/trpc/checks.list?input=1', JSON.stringify({ text }))];
    expect(heard({ exchanges, secrets: ['made-for-this-run'] })).toHaveLength(1);
  });

  it('lets a candidate’s name stand in the list of checks alone', () => {
    expect(heard({ exchanges: [answer('/api/trpc/checks.list?input=1', canary.name)] })).toEqual([]);
    expect(heard({ exchanges: [answer('/api/trpc/settings.read?input=1', canary.name)] })).toHaveLength(1);
  });

  it('finds names in addresses, however they are written there', () => {
    expect(
      heard({ addresses: [`http://a.test/?who=${encodeURIComponent(canary.adminEmail)}`] }),
    ).toHaveLength(1);
  });

  it('finds the session’s cookie where a script could read it, and not in its own line', () => {
    const cookie = { 'set-cookie': ['__Host-session=abcdefghijklmnopqrstuv.sig; HttpOnly'] };
    expect(heard({ exchanges: [answer('/api/auth/sign-in/email', '{}', cookie)] })).toEqual([]);
    const told = answer('/api/trpc/person.sessions', '{"token":"abcdefghijklmnopqrstuv"}');
    expect(heard({ exchanges: [answer('/api/auth/sign-in/email', '{}', cookie), told] })).toHaveLength(1);
  });

  it('finds what a page writes to the console', () => {
    expect(heard({ kept: [`saved ${canary.secret('turn')}`] })).toHaveLength(1);
  });
});
