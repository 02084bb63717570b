import type { LeverPermission } from '@turn-lever/core/connection';
import { permissionWords } from './permission-words.ts';

/** How the way through Lever's consent ended, as the address of the page says it. */
export type LeverOutcome =
  | 'connected'
  | 'reconnected'
  | 'denied'
  | 'state'
  | 'scope'
  | 'other-account'
  | 'taken'
  | 'demoted'
  | 'session'
  | 'unavailable'
  | 'refused';

/** What to tell the person who comes back. */
export interface OutcomeWords {
  readonly tone: 'good' | 'warning' | 'bad';
  readonly title: string;
  readonly text: string;
}

const words: Readonly<Record<LeverOutcome, OutcomeWords>> = {
  connected: {
    tone: 'good',
    title: 'Lever is connected',
    text: 'Turn may now work in your Lever account. Go on with the webhook.',
  },
  reconnected: {
    tone: 'good',
    title: 'Lever is connected again',
    text: 'Nothing that happened meanwhile is ordered by itself. Below is who waits: order or discard each.',
  },
  denied: {
    tone: 'warning',
    title: 'Access was not granted in Lever',
    text: 'Nothing was changed. To connect, choose Authorize Lever again and accept in Lever.',
  },
  state: {
    tone: 'bad',
    title: 'This authorization was used or is too old',
    text: 'Nothing was changed. An authorization works once and for ten minutes, in the browser where it was begun. Choose Authorize Lever again.',
  },
  scope: {
    tone: 'bad',
    title: 'Lever did not grant everything that is needed',
    text: 'Nothing was changed. Authorize again and accept all of the permissions.',
  },
  'other-account': {
    tone: 'bad',
    title: 'That is another Lever account',
    text: 'This connection belongs to a different Lever account, and nothing was changed. Sign in to that one in Lever and authorize again. To move to another Lever account, disconnect first.',
  },
  taken: {
    tone: 'bad',
    title: 'That Lever account is connected already',
    text: 'Another Turn account uses it, and two would order twice. Nothing was changed. Disconnect it there first, or ask Turn support at support@turning.io.',
  },
  demoted: {
    tone: 'bad',
    title: 'You are no longer a Super Admin of this account',
    text: 'Your role changed while you were in Lever. Nothing was changed. Ask a Super Admin to connect Lever.',
  },
  session: {
    tone: 'warning',
    title: 'Your session ended while you were in Lever',
    text: 'Nothing was changed. You are signed in again now: choose Authorize Lever once more.',
  },
  unavailable: {
    tone: 'warning',
    title: 'Lever did not answer',
    text: 'Nothing was changed. Wait a moment, then choose Authorize Lever again.',
  },
  refused: {
    tone: 'bad',
    title: 'Lever refused the authorization',
    text: 'Nothing was changed. In Lever only a Super Admin can authorize, and has to have signed in to Lever recently. Authorize again; if it lasts, ask Turn support at support@turning.io.',
  },
};

const isOutcome = (text: string): text is LeverOutcome => Object.hasOwn(words, text);

/** Words for the outcome in the address; null where there is none that we know. `missing` names permissions. */
export const outcomeWords = (
  outcome: string | undefined,
  missing: readonly LeverPermission[],
): OutcomeWords | null => {
  if (outcome === undefined || !isOutcome(outcome)) return null;
  const found = words[outcome];
  if (outcome !== 'scope' || missing.length === 0) return found;
  const named = missing.map((permission) => permissionWords[permission]).join('; ');
  return { ...found, text: `Missing: ${named}. ${found.text}` };
};
