import type { Connection } from '../connection.ts';
import type { SetupState } from '../ports/setup.ts';

/** A step of the set-up, in the order in which it is done. */
export type SetupStep = 'authorize' | 'webhook' | 'secret' | 'stage' | 'package' | 'first-event';

/** A step, and whether the facts say that it is done. */
export interface ChecklistItem {
  readonly step: SetupStep;
  readonly isDone: boolean;
}

/** How far a connection is set up, by facts alone: nothing here was ever ticked. */
export const setupChecklist = (
  connection: Pick<Connection, 'lever' | 'turn' | 'triggerStage' | 'settings' | 'packages'>,
  state: Pick<
    SetupState,
    'pings' | 'refused' | 'lastSigned' | 'createdWebhookIds' | 'pastedSecret' | 'settingsChangedAt'
  >,
): readonly ChecklistItem[] => [
  { step: 'authorize', isDone: connection.lever === 'working' },
  { step: 'webhook', isDone: isReached(state) },
  { step: 'secret', isDone: state.pastedSecret !== null || state.createdWebhookIds.length > 0 },
  { step: 'stage', isDone: isStageChosen(connection, state) },
  { step: 'package', isDone: connection.turn === 'working' && isDefaultOffered(connection) },
  { step: 'first-event', isDone: state.lastSigned !== null },
];

// Nobody but Lever was told the address, so that even what could not be verified shows that it is in Lever.
const isReached = ({
  pings,
  refused,
  lastSigned,
  createdWebhookIds,
}: Parameters<typeof setupChecklist>[1]): boolean =>
  createdWebhookIds.length > 0 ||
  lastSigned !== null ||
  pings > 0 ||
  (refused['rejected.no_secret'] ?? 0) + (refused['rejected.signature'] ?? 0) > 0;

// Before Lever can be asked, a name that a person saved is all that can be had.
const isStageChosen = (
  { lever, triggerStage }: Pick<Connection, 'lever' | 'triggerStage'>,
  { settingsChangedAt }: Pick<SetupState, 'settingsChangedAt'>,
): boolean =>
  triggerStage.kind === 'resolved' ||
  (lever === 'not-connected' && triggerStage.kind === 'unresolved' && settingsChangedAt !== null);

const isDefaultOffered = ({ settings, packages }: Pick<Connection, 'settings' | 'packages'>): boolean => {
  const { defaultPackageId } = settings;
  const listed = packages?.packages ?? [];
  // Without a list, or with an empty one, nothing speaks against a package.
  return defaultPackageId === null || listed.length === 0 || listed.some(({ id }) => id === defaultPackageId);
};
