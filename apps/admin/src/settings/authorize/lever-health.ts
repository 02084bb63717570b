import type { LeverPermission } from '@turn-lever/core/connection';
import { permissionWords } from './permission-words.ts';

/** What the settings know of Lever. Times in ms since 1970 UTC. */
export interface LeverFacts {
  readonly state: 'not-connected' | 'working' | 'reconnect-needed';
  readonly missingScopes: readonly LeverPermission[];
  readonly endsAt: number | null;
}

/** How the connection to Lever stands, for people. */
export interface LeverHealth {
  readonly tone: 'good' | 'warning' | 'bad' | 'neutral';
  readonly word: string;
  /** Why and what to do; null where nothing needs saying. */
  readonly sentence: string | null;
}

const day = 86_400_000;
// The first of the reminders that are mailed.
const soon = 30 * day;

/** How the connection to Lever stands at `now`. */
export const leverHealth = (facts: LeverFacts, now: number): LeverHealth => {
  if (facts.state === 'not-connected') return { tone: 'neutral', word: 'Not connected', sentence: null };
  if (facts.state === 'reconnect-needed')
    return {
      tone: 'bad',
      word: 'Reconnect needed',
      sentence:
        'Lever no longer lets Turn in: the access was revoked in Lever, or has ended. Nothing is ordered until you reconnect; what arrives meanwhile is kept.',
    };
  const left = facts.endsAt === null ? null : facts.endsAt - now;
  const end =
    left !== null && left <= soon ? `Lever ends an authorization after a year. ${daysLeft(left)}` : null;
  if (facts.missingScopes.length > 0)
    return {
      tone: 'warning',
      word: 'A permission is missing',
      sentence: [
        `Not granted: ${facts.missingScopes.map((permission) => permissionWords[permission]).join('; ')}.`,
        ...(end === null ? [] : [end]),
        'Reconnect and accept all of the permissions.',
      ].join(' '),
    };
  if (end !== null)
    return {
      tone: 'warning',
      word: 'Ends soon',
      sentence: `${end} Reconnect now, so that nothing waits.`,
    };
  return { tone: 'good', word: 'Connected', sentence: null };
};

const daysLeft = (left: number): string => {
  if (left < day) return 'This one ends within a day.';
  const days = Math.floor(left / day);
  return days === 1 ? 'This one ends tomorrow.' : `This one ends in ${days} days.`;
};
