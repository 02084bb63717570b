import type { SplitName } from './candidate-name.ts';

// Turn answers these names with a simulated report, on the ordinary API (`turn-api.md` §1.9).
const testNames = new Set(['darth vader', 'samwise gamgee', 'walter white']);

/** Whether this is one of the names Turn keeps for tests. Elsewhere such an order is an ordinary, billed one. */
export const isTestIdentity = ({ firstName, lastName }: SplitName): boolean =>
  testNames.has(`${firstName} ${lastName}`.toLowerCase());
