import { describe, expect, test } from 'vitest';
import { type Action, actions, can, needsRecentPassword, type Role } from './permission.ts';

const roles: readonly Role[] = ['super-admin', 'admin', 'team-member', 'limited-team-member'];

// The table of the product rules, written out: which of the four roles may, in the order above.
const table: Record<Action, string> = {
  'see package tags': 'yyyy',
  'see help': 'yyyy',
  'see connection state': 'yyyy',
  'see candidates': 'yyy-',
  'see activity': 'yyy-',
  'see neutral progress': 'yyy-',
  retry: 'yyy-',
  'cancel during wait': 'yyy-',
  'see verdict': 'yy--',
  'see report link': 'yy--',
  'see health': 'yy--',
  'see settings': 'yy--',
  'dry run': 'yy--',
  'see audit log': 'yy--',
  dismiss: 'yy--',
  'resend invitation': 'yy--',
  replay: 'yy--',
  connect: 'y---',
  disconnect: 'y---',
  'change secrets': 'y---',
  'change settings': 'y---',
  'order now': 'y---',
  'order anyway': 'y---',
  'order again': 'y---',
  'order retroactively': 'y---',
  release: 'y---',
  pause: 'y---',
  'manage people': 'y---',
};

describe('who may', () => {
  test.each(actions)('%s', (action) => {
    expect(roles.map((role) => (can(role, action) ? 'y' : '-')).join('')).toBe(table[action]);
  });

  test('an unknown role or action may nothing', () => {
    expect(can('toString' as Role, 'retry')).toBe(false);
    expect(can('super-admin', 'constructor' as Action)).toBe(false);
  });
});

test('connections, secrets and people need a password that was given a short while ago, nothing else does', () => {
  expect(actions.filter(needsRecentPassword)).toEqual([
    'connect',
    'disconnect',
    'change secrets',
    'manage people',
  ]);
});
