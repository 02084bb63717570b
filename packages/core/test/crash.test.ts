import { describe, expect, test } from 'vitest';
import { PortError } from '../src/ports/port-error.ts';
import type { CallPoint, Interruptions } from './interruptions.ts';
import { type Ending, type Story, stories, tell } from './stories.ts';

type Mishap = (interruptions: Interruptions, point: CallPoint) => void;

const crash: Mishap = (interruptions, point) => interruptions.crash(point);
const outage: Mishap = (interruptions, point) =>
  interruptions.fail(point, new PortError('unavailable', 'An outage.'));

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

/** Tells the story once for each call in it, with the mishap there, and names the calls at which that changed the ending. */
const deviations = async (story: Story, mishap: Mishap, moment: CallPoint['moment']) => {
  const found: Record<string, Ending> = {};
  const others = story.endingsAfterCrash ?? [];
  const endings = [story.ending, ...others.map((other) => ({ ...story.ending, ...other }))];
  // Up to the mishap all goes as it does without one.
  const { calls } = (await tell(story)).engine.interruptions;
  for (let call = 1; call <= calls.length; call += 1) {
    const { engine, ending } = await tell(story, ({ interruptions }) =>
      mishap(interruptions, { call, moment }),
    );
    const point = `${moment} ${engine.interruptions.calls[call - 1]}`;
    if (notKnownToBePosted.has(point) && isGivenToPerson(ending)) continue;
    if (!endings.some((one) => isSame(one, ending))) found[`${call} ${point}`] = ending;
  }
  return found;
};

describe.each(stories)('$title', (story) => {
  test('ends as told where nothing goes wrong', async () => {
    expect((await tell(story)).ending).toEqual(story.ending);
  });

  test.each<[string, Mishap, CallPoint['moment']]>([
    ['the process dies before', crash, 'before'],
    ['the process dies after', crash, 'after'],
    ['an outage loses the answer of', outage, 'after'],
  ])('ends so where %s any one of its calls', async (_title, mishap, moment) => {
    expect(await deviations(story, mishap, moment)).toEqual({});
  });
});
