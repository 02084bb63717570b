import type { OpportunityId } from '@turn-lever/core/ids';
import { expect, test } from 'vitest';
import { candidateUrl } from './candidate-url.ts';

test.each([
  ['production', 'https://api.lever.co/v1', 'a', 'https://hire.lever.co/candidates/a'],
  ['sandbox', 'https://api.sandbox.lever.co/v1', 'a', 'https://hire.sandbox.lever.co/candidates/a'],
  ['sandbox', null, 'a', 'https://hire.sandbox.lever.co/candidates/a'],
  ['sandbox', 'http://127.0.0.1:4100/v1', 'a/../b?', 'http://127.0.0.1:4100/candidates/a%2F..%2Fb%3F'],
  ['production', 'https://evil-lever.co/v1', 'a', 'https://evil-lever.co/candidates/a'],
] as const)('in %s of %s', (environment, apiUrl, id, url) => {
  expect(candidateUrl(environment, apiUrl, id as OpportunityId)).toBe(url);
});
