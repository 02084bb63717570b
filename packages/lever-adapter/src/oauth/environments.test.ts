import { expect, test } from 'vitest';
import { leverEndpoints, requireSafeEndpoints } from './environments.ts';

test("Lever's own addresses are safe, and an audience ends in a slash", () => {
  for (const endpoints of Object.values(leverEndpoints)) {
    expect(() => requireSafeEndpoints(endpoints)).not.toThrow();
    expect(endpoints.audience).toBe(`${endpoints.apiUrl}/`);
  }
});

test.each([
  ['http://127.0.0.1:4100/v1', true],
  ['http://localhost:4100/v1', true],
  ['http://[::1]:4100/v1', true],
  ['https://lever.example.com/v1', true],
  ['http://lever.example.com/v1', false],
  ['http://127.0.0.1.example.com/v1', false],
  ['http://localhost.example.com/v1', false],
  ['http://10.0.0.1/v1', false],
  ['ftp://127.0.0.1/v1', false],
  ['not an address', false],
])('%s may be called with a token: %s', (url, isSafe) => {
  const calls = [
    () => requireSafeEndpoints({ ...leverEndpoints.sandbox, apiUrl: url }),
    () => requireSafeEndpoints({ ...leverEndpoints.sandbox, authUrl: url }),
  ];
  for (const call of calls) {
    if (isSafe) expect(call).not.toThrow();
    else expect(call).toThrow();
  }
});
