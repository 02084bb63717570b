import { describe, expect, test } from 'vitest';
import type { CallPoint } from './interruptions.ts';
import { type Ending, type Story, stories, tell } from './stories.ts';

// From the claim until the outcome is recorded nobody can know whether the order was posted.
const notKnownToBePosted = new Set([
  'after checks.claim',
  'before checkProvider.order',
  'after checkProvider.order',
  'before checks.refuse',
  'before checks.release',
]);

/** Nothing ordered, looked up until the end, and given to a person. */
const isGivenToPerson = ({ orders, checks, incidents }: Ending): boolean =>
  orders === 0 && checks.join() === '1 unknown held.unknown_result' && incidents.includes('order-unknown');

const isSame = (one: Ending, other: Ending): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Plays the story once for each call in it, and names the calls at which dying changed the ending. */
const deviations = async (story: Story, moment: CallPoint['moment']) => {
  const found: Record<string, Ending> = {};
  const others = story.endingsAfterCrash ?? [];
  const endings = [story.ending, ...others.map((other) => ({ ...story.ending, ...other }))];
  for (let call = 1; ; call += 1) {
    const { engine, ending } = await tell(story, ({ interruptions }) =>
      interruptions.crash({ call, moment }),
    );
    if (engine.interruptions.calls.length < call) return found;
    const diedAt = `${moment} ${engine.interruptions.calls[call - 1]}`;
    if (notKnownToBePosted.has(diedAt) && isGivenToPerson(ending)) continue;
    if (!endings.some((one) => isSame(one, ending))) found[`${call} ${diedAt}`] = ending;
  }
};

test.each(stories)('$title', async (story) => {
  expect((await tell(story)).ending).toEqual(story.ending);
});

describe.each(stories)('$title, and ends so though the process dies', (story) => {
  test.each(['before', 'after'] as const)('%s a call takes effect, whichever it is', async (moment) => {
    expect(await deviations(story, moment)).toEqual({});
  });
});
