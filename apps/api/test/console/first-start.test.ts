import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startChild } from '../child-program.ts';
import { createVendors } from '../vendors.ts';
import { createBrowser, goodPassword, resultIn } from './console-world.ts';

let vendors: Awaited<ReturnType<typeof createVendors>>;
beforeAll(async () => {
  vendors = await createVendors();
});
afterAll(() => vendors.close());

const linkIn = (said: string): string | undefined =>
  /^Make the first account within a day: http:\/\/127\.0\.0\.1:\d+\/set-up#([\w-]{43})$/mu.exec(said)?.[1];

test('the first start on the embedded database prints a link outside the log, and the next one after it none', async () => {
  const first = await startChild(vendors.url, vendors.variables);
  const token = await vi.waitFor(() => {
    const found = linkIn(first.said());
    if (found === undefined) throw new Error('nothing printed yet');
    return found;
  });
  try {
    const lines = first.said().split('\n');
    expect(lines.filter((line) => line.startsWith('{') && line.includes(token))).toEqual([]);
    const browser = createBrowser(vendors.url);
    const account = { accountName: 'First Ltd', name: 'Ada Example', email: 'ada@example.com' };
    const made = await browser.mutate('link.setUp', { token, ...account, password: goodPassword });
    expect(made.status).toBe(200);
    expect((await browser.signIn('ada@example.com')).status).toBe(200);
    const accounts = resultIn<object[]>(await browser.query('person.accounts'));
    expect(accounts).toMatchObject([{ accountName: 'First Ltd', role: 'super-admin' }]);
    const { accountId } = resultIn<{ accountId: string }>(made);
    const state = resultIn(await browser.query('account.state', { accountId }));
    const connection = {
      id: expect.any(String),
      environment: 'production',
      pausedAt: null,
      disconnectedAt: null,
      lever: 'not-connected',
      turn: 'not-connected',
    };
    expect(state).toEqual({
      role: 'super-admin',
      accountName: 'First Ltd',
      offeredEnvironments: ['production', 'sandbox'],
      connection,
      connections: [connection],
    });
    const log = resultIn<object[]>(await browser.query('account.auditLog', { accountId, limit: 10 }));
    expect(log).toMatchObject([{ action: 'set up', outcome: 'begun' }]);
  } finally {
    await first.end('SIGTERM');
  }
  const second = await startChild(vendors.url, vendors.variables);
  try {
    await vi.waitFor(() => expect(second.said()).toContain('"listening"'));
  } finally {
    expect(await second.end('SIGTERM')).toBe(0);
  }
  expect(linkIn(second.said())).toBeUndefined();
});
