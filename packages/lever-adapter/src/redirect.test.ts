import { describe, expect, test } from 'vitest';
import { type Fetch, followOneRedirect } from './redirect.ts';

/** Where a request to Lever ends that is redirected to `location`. No real host can be asked for these. */
const endOf = async (location: string): Promise<string> => {
  const asked: string[] = [];
  const fetch: Fetch = async (url, { redirect }) => {
    expect(redirect).toBe('manual');
    asked.push(url);
    return asked.length === 1
      ? new Response(null, { status: 301, headers: { location } })
      : Response.json({});
  };
  await followOneRedirect(fetch, ['lever.co'])('https://api.lever.co/v1/stages', { method: 'GET' });
  return asked.at(-1) ?? '';
};

describe('a token goes along to', () => {
  test.each([
    ['https://api.eu.lever.co/v1/stages', 'https://api.eu.lever.co/v1/stages'],
    ['//api.eu.lever.co/v1/stages', 'https://api.eu.lever.co/v1/stages'],
    ['/v1/other', 'https://api.lever.co/v1/other'],
  ])('%s', async (location, expected) => {
    expect(await endOf(location)).toBe(expected);
  });
});

describe('a token never goes along to', () => {
  test.each([
    ['http://api.eu.lever.co/v1/stages'],
    ['https://api.eu.lever.co:8443/v1/stages'],
    ['https://evil-lever.co/v1/stages'],
    ['https://api.lever.co.example.com/v1/stages'],
    ['https://example.com/api.lever.co'],
    ['https://user:password@api.eu.lever.co/v1/stages'],
    ['https://169.254.169.254/latest/meta-data'],
    ['javascript:alert(1)'],
    ['file:///etc/passwd'],
  ])('%s', async (location) => {
    expect(await endOf(location)).toBe('https://api.lever.co/v1/stages');
  });
});
