import type { Model } from '../model.ts';
import type { CandidateNumber, Look, SystemUnderTest } from '../system-under-test.ts';

/** Everything but the audit log, and what a request may count at the door. */
const traces = async (system: SystemUnderTest): Promise<string> => {
  const { audit: _audit, ...rest } = await system.look();
  return JSON.stringify(rest);
};

/** Does something that must leave no trace. Where something else goes on only the end can tell. */
export const withoutTrace = async <Result>(
  model: Model,
  system: SystemUnderTest,
  act: () => Promise<Result>,
): Promise<Result> => {
  if (!system.standsStill || model.isCrowded) return act();
  const before = await traces(system);
  const result = await act();
  const after = await traces(system);
  if (after !== before) throw new Error(`It left a trace.\n${before}\n${after}`);
  return result;
};

/** How often an order of one candidate was posted. */
export const postsFor = ({ posts }: Look, candidate: CandidateNumber): number =>
  posts.filter((post) => post.candidate === candidate).length;

/** How often an order was posted. */
export const postsOf = async (system: SystemUnderTest): Promise<number> => (await system.look()).posts.length;

/** Throws where something was ordered although ordering was stopped. */
export const assertStopped = async (model: Model, system: SystemUnderTest): Promise<void> => {
  if (model.postsWhenStopped === null) return;
  const posts = await postsOf(system);
  if (posts > model.postsWhenStopped) throw new Error('It was ordered while paused or disconnected.');
};
