import type { AccountId } from '../../src/ids.ts';
import type { Action, Role } from '../../src/permission.ts';
import type { Person } from '../../src/ports/audit-log.ts';

/** Everything a person can do in the model, with the name under which the audit log keeps it. */
export const auditedAs = {
  retry: 'retry',
  dismiss: 'dismiss',
  replay: 'replay',
  'order now': 'order now',
  cancel: 'cancel during wait',
  'order anyway': 'order anyway',
  'order again': 'order again',
  release: 'release',
  'preview backlog': 'order retroactively',
  'order backlog': 'order retroactively',
  'discard backlog': 'order retroactively',
  'preview retroactive': 'order retroactively',
  'order retroactive': 'order retroactively',
  'discard retroactive': 'order retroactively',
  'dry run': 'dry run',
  'resend invitation': 'resend invitation',
  pause: 'pause',
  resume: 'pause',
  /** Authorizes the same Lever account again; the grant works from then on. */
  reconnect: 'connect',
  /** Authorizes another Lever account, which must be refused. */
  'reconnect elsewhere': 'connect',
  disconnect: 'disconnect',
} as const satisfies Record<string, Action>;

/** One thing a person does. */
export type PersonsAction = keyof typeof auditedAs;

/** Every one of them. */
export const personsActions = Object.keys(auditedAs) as readonly PersonsAction[];

/** Who does it: people of every role, and a Super Admin of another account. */
export type Actor = Role | 'stranger';

const ofTeamMember: readonly PersonsAction[] = ['retry', 'cancel'];
const ofAdmin: readonly PersonsAction[] = [
  ...ofTeamMember,
  'dismiss',
  'resend invitation',
  'replay',
  'dry run',
];

/** Who may do what, written down again so that the engine's own table is not believed. */
const allowedTo: Readonly<Record<Actor, readonly PersonsAction[]>> = {
  'super-admin': personsActions,
  admin: ofAdmin,
  'team-member': ofTeamMember,
  'limited-team-member': [],
  stranger: [],
};

/** Whether the rules let them. */
export const isAllowedTo = (actor: Actor, action: PersonsAction): boolean =>
  allowedTo[actor].includes(action);

/** What each is for the program. */
export const personFor = (accountId: AccountId, actor: Actor): Person => ({
  id: actor,
  accountId: (actor === 'stranger' ? `not-${accountId}` : accountId) as AccountId,
  role: actor === 'stranger' ? 'super-admin' : actor,
});

/**
 * How it ended. `no-subject`: there was nothing of the kind to act on, and nothing was called. `failed` and `died`: it
 * threw, or the process died under it, so it may be done in part.
 */
export type ActEnd = 'done' | 'too-late' | 'forbidden' | 'not-found' | 'no-subject' | 'failed' | 'died';
