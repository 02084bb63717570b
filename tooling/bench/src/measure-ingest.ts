import { setTimeout as delay } from 'node:timers/promises';
import type { ChildServer } from './child-server.ts';
import { prepareDeliveries } from './deliveries.ts';
import { type LoadResult, putLoad } from './load.ts';
import type { Stand } from './stand.ts';

/** One row of the table. */
export interface Scenario {
  readonly connections: number;
  /** Share of the events that are for the trigger stage, 0 to 1. */
  readonly share: number;
}

/** The same load on both, one right after the other. */
export interface Round {
  readonly product: LoadResult;
  readonly naive: LoadResult;
}

// Requests a second that neither server comes near here; what is prepared and not sent costs only memory.
const mostPerSecond = 30_000;
// Seconds until Node's compiler has seen the hot code.
const warmUp = 2;

/** Runs the scenario in rounds, whose first turn alternates. Throws where an answer was not 200: there is nothing to compare. */
export const measureIngest = async (
  stand: Stand,
  scenario: Scenario,
  options: { readonly rounds: number; readonly seconds: number },
): Promise<readonly Round[]> => {
  const { connections, share } = scenario;
  const product = await stand.startProduct();
  const naive = await stand.startNaive();
  const run = async (server: ChildServer, seconds: number): Promise<LoadResult> => {
    await stand.clear();
    const result = await putLoad({
      url: `${server.url}${stand.path}`,
      deliveries: prepareDeliveries(stand.source, seconds * mostPerSecond, share),
      connections,
      seconds,
    });
    if (result.failures > 0) throw new Error(`${result.failures} requests were not answered with 200.`);
    // What was under way when time was up ends outside the other one's turn.
    await delay(200);
    return result;
  };
  try {
    for (const server of [product, naive]) await run(server, warmUp);
    const rounds: Round[] = [];
    for (let number = 0; number < options.rounds; number += 1) {
      const first = await run(number % 2 === 0 ? product : naive, options.seconds);
      const second = await run(number % 2 === 0 ? naive : product, options.seconds);
      rounds.push(number % 2 === 0 ? { product: first, naive: second } : { product: second, naive: first });
    }
    return rounds;
  } finally {
    await Promise.all([product.end('SIGTERM'), naive.end('SIGTERM')]);
  }
};
