import type { BrowserContext, ConsoleMessage, Page } from '@playwright/test';
import type { JourneyWorld } from '../world/create-journey-world.ts';
import { findLeaks } from './find-leaks.ts';
import { findPageFaults } from './find-page-faults.ts';

// What Chromium says by itself about an answer that is part of a journey, such as 401 before anybody signed in.
const aboutAnswers = /^Failed to load resource: the server responded with a status of (?:4\d\d|503)/u;
// The name under which pages find the function that takes reports.
const report = 'reportPolicyViolation';

// ms. A page that hangs has failed already.
const patience = 5000;

const storageOf = async (page: Page): Promise<string> =>
  Promise.race([
    page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])),
    new Promise<string>((resolve) => setTimeout(resolve, patience, 'The page does not answer.')),
  ]);

/** Listens to everything a browser asks for, says and keeps. */
export const listen = async (context: BrowserContext, world: JourneyWorld) => {
  const addresses: string[] = [];
  const messages: string[] = [];
  const errors: string[] = [];
  const isOurs = (address: string): boolean => address.startsWith(world.url);
  await context.exposeFunction(report, (what: string) => void errors.push(`Kept out by policy: ${what}`));
  await context.addInitScript((name) => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      const tell = Reflect.get(globalThis, name) as (what: string) => void;
      tell(`${effectiveDirective} ${blockedURI}`);
    });
  }, report);
  context.on('request', (request) => {
    const [address = ''] = request.url().split('#');
    addresses.push(address);
  });
  const hear = (message: ConsoleMessage): void => {
    if (!isOurs(message.page()?.url() ?? world.url)) return;
    messages.push(message.text());
    if (message.type() === 'error' && !aboutAnswers.test(message.text())) errors.push(message.text());
  };
  context.on('console', hear);
  context.on('weberror', (error) => void errors.push(error.error().message));
  return {
    /** To be called before the browser closes. */
    end: async () => {
      const open = context.pages().filter((page) => isOurs(page.url()));
      const kept = [...messages, ...(await Promise.all(open.map(storageOf)))];
      const cookies = await context.cookies(world.url);
      const { exchanges } = world;
      const weak = cookies.filter(
        ({ name, httpOnly, secure }) => !name.startsWith('__Host-') || !httpOnly || !secure,
      );
      return {
        leaks: findLeaks({ exchanges, addresses, kept, secrets: [] }),
        faults: [
          ...findPageFaults(exchanges),
          ...weak.map(({ name }) => `The cookie ${name} could be read or overwritten`),
        ],
        errors,
        counts: `${exchanges.length} answers, ${addresses.length} addresses, ${kept.length} texts`,
      };
    },
  };
};
