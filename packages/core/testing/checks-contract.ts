import { describe } from 'vitest';
import { describeDeciding } from './checks-contract/deciding.ts';
import { describeFencing } from './checks-contract/fencing.ts';
import { describeFinding } from './checks-contract/finding.ts';
import { describePlacing } from './checks-contract/placing.ts';
import { describeSyncing } from './checks-contract/syncing.ts';
import { type ChecksHarness, createChecksWorld } from './checks-contract/world.ts';

/** What every `Checks` promises. The harness is made once; each test has a connection of its own. */
export const describeChecksContract = (name: string, createHarness: () => Promise<ChecksHarness>): void => {
  describe(`checks: ${name}`, () => {
    const world = createChecksWorld(createHarness);
    describeDeciding(world);
    describeFencing(world);
    describePlacing(world);
    describeSyncing(world);
    describeFinding(world);
  });
};
