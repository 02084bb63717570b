import type { CrashPoint } from '../crash-point.ts';

/** A point at which the program dies while one candidate is received, ordered and shown, and what comes of it. */
export interface OrderingCrash {
  readonly point: CrashPoint;
  /** `undecided`: claimed and perhaps posted, but Turn knows nothing. Never posted again: a person decides. */
  readonly end: 'ordered' | 'undecided';
}

const at = (
  port: CrashPoint['port'],
  method: string,
  when: CrashPoint['when'],
  { end = 'ordered', call = 1 }: { end?: OrderingCrash['end']; call?: number } = {},
): OrderingCrash => ({ point: { port, method, when, call }, end });

const both = (port: CrashPoint['port'], method: string, call = 1): readonly OrderingCrash[] => [
  at(port, method, 'before', { call }),
  at(port, method, 'after', { call }),
];

/** The windows that cost money or a delivery. */
export const ordinaryCrashes: readonly OrderingCrash[] = [
  ...both('inbox', 'receive'),
  at('inbox', 'take', 'after'),
  at('checks', 'makeReady', 'after'),
  at('checks', 'claim', 'before'),
  at('checks', 'claim', 'after', { end: 'undecided' }),
  at('checkProvider', 'order', 'after'),
  at('checks', 'recordOrdered', 'after'),
  at('inbox', 'settle', 'before'),
  at('checks', 'takeSync', 'after'),
  at('ats', 'addTag', 'after'),
  at('ats', 'writeNote', 'after'),
];

/** Every other port and method on the way of one order, for a soak. */
export const furtherCrashes: readonly OrderingCrash[] = [
  at('inbox', 'take', 'before'),
  ...both('connections', 'leverEntrance'),
  ...both('connections', 'read'),
  ...both('connections', 'turnToken'),
  ...both('checks', 'newest'),
  ...both('ats', 'confirmAuthorization'),
  ...both('grants', 'read'),
  ...both('ats', 'readOpportunity'),
  ...both('checks', 'openElsewhere'),
  ...both('checks', 'countOrdersSince'),
  at('checks', 'makeReady', 'before'),
  ...both('checkProvider', 'findByReference'),
  at('checkProvider', 'order', 'before', { end: 'undecided' }),
  at('checks', 'recordOrdered', 'before'),
  at('inbox', 'settle', 'after'),
  ...both('callLog', 'record'),
  at('checks', 'takeSync', 'before'),
  ...both('checkProvider', 'findByReference', 2),
  ...both('checks', 'saveSync'),
  ...both('checks', 'saveSync', 2),
  ...both('checks', 'saveSync', 3),
  at('ats', 'addTag', 'before'),
  at('ats', 'writeNote', 'before'),
  ...both('checks', 'finishSync'),
];
