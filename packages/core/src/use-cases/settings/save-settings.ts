import type { Connection, Environment } from '../../connection.ts';
import type { ConnectionId, Instant, StageId } from '../../ids.ts';
import { resolveTriggerStage, type TriggerStage } from '../../ordering/stage-rule.ts';
import type { Ats } from '../../ports/ats.ts';
import type { Person } from '../../ports/audit-log.ts';
import type { CheckProvider } from '../../ports/check-provider.ts';
import type { Checks } from '../../ports/checks.ts';
import type { Connections } from '../../ports/connections.ts';
import type { Inbox } from '../../ports/inbox.ts';
import type { Incidents } from '../../ports/incidents.ts';
import { PortError } from '../../ports/port-error.ts';
import type { Setup } from '../../ports/setup.ts';
import { type Issue, parseSettings, type Settings } from '../../settings.ts';
import { type Act, done, type Outcome, type Perform, tooLate } from '../by-person/perform.ts';
import { reopenHeld } from '../by-person/reopen-held.ts';
import { readPackages } from './look-up.ts';
import { readState } from './read-settings.ts';

/** What a person wants changed, seen at a revision. `stageId`: the trigger stage as picked from Lever's list. */
export interface SettingsChange {
  readonly revision: number;
  readonly change: unknown;
  readonly stageId?: StageId | undefined;
}

/** How a save ended. `conflict`: somebody saved since; here is what stands now, and nothing was changed. */
export type SettingsSaving =
  | { readonly kind: 'saved'; readonly revision: number }
  | { readonly kind: 'invalid'; readonly issues: readonly Issue[] }
  | {
      readonly kind: 'conflict';
      readonly revision: number;
      readonly settings: Settings;
      readonly triggerStage: TriggerStage;
      readonly changedBy: { readonly name: string } | null;
      readonly changedAt: Instant | null;
    };

interface SavePorts {
  readonly perform: Perform;
  readonly ats: Pick<Ats, 'listStages'>;
  readonly checkProvider: Pick<CheckProvider, 'listPackages'>;
  readonly checks: Pick<Checks, 'listHeld'>;
  readonly connections: Pick<Connections, 'read' | 'ofAccount' | 'savePackages'>;
  readonly inbox: Pick<Inbox, 'reopen'>;
  readonly incidents: Pick<Incidents, 'resolve'>;
  readonly setup: Pick<Setup, 'read' | 'saveSettings' | 'saveEnvironment'>;
  readonly now: () => Instant;
}

const invalid = (path: string, message: string): SettingsSaving => ({
  kind: 'invalid',
  issues: [{ path, message }],
});

/**
 * Saves a change of settings, whole or not at all. Another trigger stage makes ordering begin anew: who stands in it
 * already is not ordered by itself. What was held for want of a stage or package is decided again. Throws `PortError`
 * `unavailable`, also where a picked stage cannot be looked up: nothing was saved.
 */
export const createSaveSettings =
  (ports: SavePorts) =>
  (person: Person, connectionId: ConnectionId, given: SettingsChange): Promise<Outcome<SettingsSaving>> =>
    ports.perform(person, connectionId, 'change settings', connectionId, async (connection) => {
      const read = parseSettings(given.change, connection.settings);
      const changed = read.kind === 'valid' ? changedKeys(connection.settings, read.settings) : [];
      return {
        before: onlyKeys(connection.settings, changed),
        after: {
          ...(read.kind === 'valid' && onlyKeys(read.settings, changed)),
          ...(given.stageId !== undefined && { stageId: given.stageId }),
        },
        act: async (): Promise<Act<SettingsSaving>> => {
          const result: SettingsSaving =
            read.kind === 'valid'
              ? await save(ports, person, connection, { ...given, settings: read.settings })
              : read;
          const isEffective = result.kind === 'saved' && result.revision !== connection.settingsRevision;
          return { kind: 'done', result, ...(!isEffective && { hadEffect: false as const }) };
        },
      };
    });

const changedKeys = (before: Settings, after: Settings): readonly (keyof Settings)[] =>
  (Object.keys(after) as (keyof Settings)[]).filter((key) => before[key] !== after[key]);

const onlyKeys = (settings: Settings, keys: readonly (keyof Settings)[]) =>
  Object.fromEntries(keys.map((key) => [key, settings[key]]));

const save = async (
  ports: SavePorts,
  person: Person,
  connection: Connection,
  given: { readonly revision: number; readonly settings: Settings; readonly stageId?: StageId | undefined },
): Promise<SettingsSaving> => {
  const stage = await chooseStage(ports, connection, given.settings.triggerStage, given.stageId);
  if ('why' in stage) return invalid('triggerStage', stage.why);
  const settings = { ...given.settings, triggerStage: stage.text };
  if (given.revision !== connection.settingsRevision) return conflict(ports, connection.id);
  const isOtherPackage = settings.defaultPackageId !== connection.settings.defaultPackageId;
  const isStageNamed = !isSameStage(connection.triggerStage, stage.triggerStage);
  if (changedKeys(connection.settings, settings).length === 0 && !isStageNamed)
    return { kind: 'saved', revision: connection.settingsRevision };
  if (isOtherPackage && !(await isOffered(ports, connection, settings.defaultPackageId)))
    return invalid('defaultPackageId', "Expected one of the packages of Turn's list.");
  const saved = await ports.setup.saveSettings(
    connection.id,
    {
      revision: given.revision,
      settings,
      triggerStage: stage.triggerStage,
      isOtherStage: isStageNamed,
      personId: person.id,
    },
    ports.now(),
  );
  if (saved === null) return conflict(ports, connection.id);
  if (stage.triggerStage.kind === 'resolved')
    await ports.incidents.resolve(connection.id, 'trigger-stage-unclear', connection.id);
  if (isOtherPackage || isStageNamed) await reopenHeld(ports, connection.id, 'held.config');
  return { kind: 'saved', revision: saved };
};

const conflict = async (ports: SavePorts, connectionId: ConnectionId): Promise<SettingsSaving> => {
  const state = await readState(ports.setup, connectionId);
  const connection = await ports.connections.read(connectionId);
  if (connection === null) throw new Error(`There is no connection ${connectionId}.`);
  return {
    kind: 'conflict',
    revision: connection.settingsRevision,
    settings: connection.settings,
    triggerStage: connection.triggerStage,
    changedBy: state.settingsChangedBy === null ? null : { name: state.settingsChangedBy },
    changedAt: state.settingsChangedAt,
  };
};

/** The stage as Lever has it; by its name alone where Lever cannot be asked. `text` is what is kept as pasted. */
const chooseStage = async (
  ports: Pick<SavePorts, 'ats'>,
  { id, lever, triggerStage, settings }: Connection,
  name: string,
  stageId: StageId | undefined,
): Promise<{ readonly triggerStage: TriggerStage; readonly text: string } | { readonly why: string }> => {
  if (stageId === undefined && name === settings.triggerStage) return { triggerStage, text: name };
  if (lever !== 'working') {
    return stageId === undefined
      ? { triggerStage: { kind: 'unresolved', name }, text: name }
      : { why: 'Lever must be connected to pick a stage.' };
  }
  try {
    const stages = await ports.ats.listStages(id);
    if (stageId === undefined)
      return { triggerStage: resolveTriggerStage({ kind: 'unresolved', name }, stages), text: name };
    const picked = stages.find((stage) => stage.id === stageId);
    return picked === undefined
      ? { why: 'Lever has no such stage any more.' }
      : { triggerStage: { kind: 'resolved', id: picked.id, name: picked.name }, text: picked.name };
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    if (stageId === undefined) return { triggerStage: { kind: 'unresolved', name }, text: name };
    if (error.isPassing) throw error;
    return { why: 'Lever must be reconnected to pick a stage.' };
  }
};

/** Whether the same stage starts checks as before, as far as can be told. */
const isSameStage = (before: TriggerStage, after: TriggerStage): boolean =>
  before === after ||
  (before.kind === 'resolved' && after.kind === 'resolved' && before.id === after.id) ||
  (before.kind === after.kind && before.kind !== 'resolved' && before.name === after.name);

const isOffered = async (
  ports: SavePorts,
  connection: Connection,
  packageId: Settings['defaultPackageId'],
): Promise<boolean> => {
  if (packageId === null) return true;
  const found = await readPackages(ports, connection);
  // Where no list can be had, or none is published, Turn has the last word.
  if (found.kind !== 'listed' || found.packages.length === 0) return true;
  return found.packages.some(({ id }) => id === packageId);
};

/** Chooses which of Lever's worlds to connect to. Fixed once Lever was authorized: `too-late`. Throws `PortError`. */
export const createSaveEnvironment =
  (ports: Pick<SavePorts, 'perform' | 'setup'>) =>
  (person: Person, connectionId: ConnectionId, environment: Environment): Promise<Outcome<null>> =>
    ports.perform(person, connectionId, 'change settings', connectionId, async (connection) => ({
      before: { environment: connection.environment },
      after: { environment },
      act: async () => {
        if (connection.lever !== 'not-connected') return tooLate;
        return (await ports.setup.saveEnvironment(connectionId, environment)) ? done : tooLate;
      },
    }));
