/** Lever's four access roles, as the help article names them. */
export type Role = 'super-admin' | 'admin' | 'team-member' | 'limited-team-member';

/** The lowest-ranked role that may do each thing; every higher one may too. */
const leastRole = {
  'see package tags': 'limited-team-member',
  'see help': 'limited-team-member',
  'see connection state': 'limited-team-member',
  'see candidates': 'team-member',
  'see activity': 'team-member',
  'see neutral progress': 'team-member',
  retry: 'team-member',
  'cancel during wait': 'team-member',
  'see verdict': 'admin',
  'see report link': 'admin',
  'see health': 'admin',
  'see settings': 'admin',
  'dry run': 'admin',
  'see audit log': 'admin',
  dismiss: 'admin',
  'resend invitation': 'admin',
  replay: 'admin',
  connect: 'super-admin',
  disconnect: 'super-admin',
  'change secrets': 'super-admin',
  'change settings': 'super-admin',
  'order now': 'super-admin',
  'order anyway': 'super-admin',
  'order again': 'super-admin',
  'order retroactively': 'super-admin',
  release: 'super-admin',
  pause: 'super-admin',
  'manage people': 'super-admin',
} as const satisfies Record<string, Role>;

/** Everything a person can be allowed. */
export type Action = keyof typeof leastRole;

/** Every action, for tables and tests. */
export const actions = Object.keys(leastRole) as readonly Action[];

const rank: Record<Role, number> = { 'limited-team-member': 0, 'team-member': 1, admin: 2, 'super-admin': 3 };

/** Whether a role may do something. An unknown role or action may nothing. */
export const can = (role: Role, action: Action): boolean => {
  const least = Object.hasOwn(leastRole, action) ? leastRole[action] : undefined;
  return least !== undefined && Object.hasOwn(rank, role) && rank[role] >= rank[least];
};

// What lets somebody in or takes a secret's place: a session that was left open must not be enough.
const guarded: ReadonlySet<Action> = new Set(['connect', 'disconnect', 'change secrets', 'manage people']);

/** Whether something may be changed only by whoever gave their password a short while ago. */
export const needsRecentPassword = (action: Action): boolean => guarded.has(action);
