import type { Outputs } from '../../server/trpc.ts';

type ConnectionState = NonNullable<Outputs['account']['state']['connection']>;

/** What is told on every page, in order of weight; null where orders go their way or nothing was set up yet. */
export const findBanner = (
  connection: Pick<ConnectionState, 'lever' | 'turn' | 'pausedAt'> | null,
): { readonly title: string; readonly text: string } | null => {
  if (connection === null) return null;
  const { lever, turn, pausedAt } = connection;
  if (lever === 'reconnect-needed')
    return {
      title: 'Lever needs to be reconnected',
      text: 'No checks are ordered and Lever is not updated until a Super Admin authorizes Lever again in the settings. What Lever sends meanwhile is kept.',
    };
  if (turn === 'reconnect-needed')
    return {
      title: 'Turn does not accept the saved token any more',
      text: 'No checks are ordered until a Super Admin saves a new Turn token in the settings. What Lever sends meanwhile is kept.',
    };
  if (pausedAt !== null)
    return {
      title: 'Ordering is paused',
      text: 'Candidates who move into the stage are kept and wait. Checks that were ordered before go on.',
    };
  return null;
};
