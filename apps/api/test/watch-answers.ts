import type { CanaryKind } from '@turn-lever/core/testing/canaries';
import { canaryWatch } from '@turn-lever/db/testing/canary-watch';
import { afterAll } from 'vitest';
import { vendorOrigins } from './vendor-origins.ts';

/**
 * A vitest `setupFile`: every answer of a program under test, in this process or another, is looked at for canaries,
 * whoever asked: a test or an emulator that delivers.
 */
// What the console shows to those who may see it. No address or phone of a candidate, and no secret, is shown to anybody.
const shown: Readonly<Record<string, readonly CanaryKind[]>> = {
  '/api/trpc/connection.dryRunCandidate': ['name'],
  '/api/trpc/connection.dryRunDelivery': ['name'],
  '/api/trpc/backlog.preview': ['name'],
  '/api/trpc/backlog.previewEntries': ['name'],
  '/api/trpc/checks.list': ['name'],
  '/api/trpc/people.list': ['admin'],
  '/api/trpc/person.me': ['admin'],
  '/api/trpc/link.open': ['admin'],
};
const { fetch } = globalThis;
const answers = new Set<Promise<void>>();

const hear = async ({ origin, pathname }: URL, response: Response): Promise<void> => {
  canaryWatch.hear(`answer of ${origin}`, JSON.stringify([...response.headers]));
  // One that is cut off has said nothing more.
  const text = await response.text().catch(() => '');
  // The settings page alone shows the addresses that vendors post to, to be copied.
  const heard =
    pathname === '/api/trpc/settings.read'
      ? text.replaceAll(/\/webhooks\/(?:lever|turn)\/[\w-]{43}"/gu, '"')
      : text;
  canaryWatch.hear(`answer of ${origin}`, heard, shown[pathname]);
};

globalThis.fetch = async (input, init) => {
  const response = await fetch(input, init);
  const url = new URL(input instanceof Request ? input.url : input);
  if (vendorOrigins.has(url.origin)) return response;
  const heard = hear(url, response.clone()).finally(() => answers.delete(heard));
  answers.add(heard);
  return response;
};

// Before those of `canary-setup.ts`, which tells what was found: the last hook that is registered runs first.
afterAll(async () => {
  await Promise.all(answers);
});
