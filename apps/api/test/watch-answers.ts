import { canaryWatch } from '@turn-lever/db/testing/canary-watch';
import { afterAll } from 'vitest';
import { vendorOrigins } from './vendor-origins.ts';

/**
 * A vitest `setupFile`: every answer of a program under test, in this process or another, is looked at for canaries,
 * whoever asked: a test or an emulator that delivers.
 */
const { fetch } = globalThis;
const answers = new Set<Promise<void>>();

const hear = async (origin: string, response: Response): Promise<void> => {
  canaryWatch.hear(`answer of ${origin}`, JSON.stringify([...response.headers]));
  // One that is cut off has said nothing more.
  canaryWatch.hear(`answer of ${origin}`, await response.text().catch(() => ''));
};

globalThis.fetch = async (input, init) => {
  const response = await fetch(input, init);
  const { origin } = new URL(input instanceof Request ? input.url : input);
  if (vendorOrigins.has(origin)) return response;
  const heard = hear(origin, response.clone()).finally(() => answers.delete(heard));
  answers.add(heard);
  return response;
};

// Before those of `canary-setup.ts`, which tells what was found: the last hook that is registered runs first.
afterAll(async () => {
  await Promise.all(answers);
});
