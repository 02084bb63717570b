import { expect, test } from 'vitest';
import { isLoopbackUrl } from './is-local-turn.ts';

test.each([
  'http://127.0.0.1:4010/v1',
  'http://127.9.8.7',
  'http://127.1/',
  'http://localhost:3000',
  'http://LOCALHOST',
  'https://[::1]:8443/v1',
])('%s is this machine', (url) => {
  expect(isLoopbackUrl(url)).toBe(true);
});

test.each([
  'https://api.turn.ai/v1',
  'http://127.0.0.1.example.com',
  'http://localhost.example.com',
  'http://127.0.0.1@example.com',
  'http://0.0.0.0',
  'http://10.0.0.1',
  'http://[::2]',
  'localhost',
  '',
])('"%s" is not this machine', (url) => {
  expect(isLoopbackUrl(url)).toBe(false);
});
