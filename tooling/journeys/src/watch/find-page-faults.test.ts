import { describe, expect, it } from 'vitest';
import { findPageFaults } from './find-page-faults.ts';

const policy =
  "default-src 'self'; style-src 'self' 'nonce-abc'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'";
const page = (given: { policy?: string; body?: string; headers?: Record<string, string> }) => ({
  method: 'GET',
  path: '/settings?account=a',
  status: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': given.policy ?? policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...given.headers,
  },
  body: given.body ?? '<!doctype html><script type="module" src="/assets/a.js"></script>',
});

describe('what would let a foreign script into a page', () => {
  it('finds nothing on a strict page', () => {
    expect(findPageFaults([page({})])).toEqual([]);
  });

  it.each([
    ['an inline script', { body: '<script>go()</script>' }],
    ['an inline listener', { body: '<img onerror="go()">' }],
    [
      "scripts may come from 'self' 'unsafe-inline'",
      { policy: `${policy}; script-src 'self' 'unsafe-inline'` },
    ],
    ['any style is let in', { policy: policy.replace("'nonce-abc'", "'unsafe-inline'") }],
    ['pages may be framed', { policy: policy.replace("frame-ancestors 'none';", '') }],
    ['types may be guessed', { headers: { 'x-content-type-options': '' } }],
  ])('finds: %s', (fault, given) => {
    expect(findPageFaults([page(given)])).toContain(`/settings: ${fault}`);
  });
});
