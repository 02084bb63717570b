import { describe } from 'vitest';
import { describeByPerson } from './inbox-contract/by-person.ts';
import { describeDeciding } from './inbox-contract/deciding.ts';
import { describeFinding } from './inbox-contract/finding.ts';
import { describeReceiving } from './inbox-contract/receiving.ts';
import { createInboxWorld, type InboxHarness } from './inbox-contract/world.ts';

/** What every `Inbox` promises. The harness is made once; each test has a connection of its own. */
export const describeInboxContract = (name: string, createHarness: () => Promise<InboxHarness>): void => {
  describe(`inbox: ${name}`, () => {
    const world = createInboxWorld(createHarness);
    describeReceiving(world);
    describeDeciding(world);
    describeFinding(world);
    describeByPerson(world);
  });
};
