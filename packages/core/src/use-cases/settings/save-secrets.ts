import { readPastedSecret } from '../../connecting/pasted-secret.ts';
import type { ConnectionId, Instant } from '../../ids.ts';
import type { Person } from '../../ports/audit-log.ts';
import type { CheckProvider } from '../../ports/check-provider.ts';
import type { Checks } from '../../ports/checks.ts';
import type { Inbox } from '../../ports/inbox.ts';
import type { Incidents } from '../../ports/incidents.ts';
import { PortError } from '../../ports/port-error.ts';
import type { Setup } from '../../ports/setup.ts';
import { type Act, type Outcome, type Perform, tooLate } from '../by-person/perform.ts';
import { reopenHeld } from '../by-person/reopen-held.ts';

/** What is wrong with a pasted secret. */
export interface UnfitSecret {
  readonly kind: 'unfit';
  readonly why: 'empty' | 'too-long' | 'unprintable';
}

/** How saving a webhook secret ended. `same`: it was saved already, and nothing was changed. */
export type WebhookSecretSaving = { readonly kind: 'saved' | 'same' } | UnfitSecret;

/** How saving Turn's token ended. `refused`: Turn does not know it. Only `saved` changed anything. */
export type TurnTokenSaving =
  | { readonly kind: 'saved'; readonly accountName: string }
  | { readonly kind: 'refused' | 'unavailable' }
  | UnfitSecret;

const withoutEffect = <Result>(result: Result): Act<Result> => ({
  kind: 'done',
  result,
  hadEffect: false,
});

/** Saves the signature token of a webhook that a person made in Lever. The one before stays valid for 24 h. Throws `PortError`. */
export const createSaveWebhookSecret =
  (ports: { readonly perform: Perform; readonly setup: Pick<Setup, 'saveWebhookSecret'> }) =>
  (person: Person, connectionId: ConnectionId, text: string): Promise<Outcome<WebhookSecretSaving>> =>
    ports.perform(person, connectionId, 'change secrets', connectionId, async () => ({
      before: {},
      after: { secret: 'webhook secret' },
      act: async (): Promise<Act<WebhookSecretSaving>> => {
        const read = readPastedSecret(text);
        if (read.kind === 'unfit') return withoutEffect(read);
        const end = await ports.setup.saveWebhookSecret(connectionId, read.secret, person.id);
        if (end === 'gone') return tooLate;
        return end === 'same' ? withoutEffect({ kind: end }) : { kind: 'done', result: { kind: end } };
      },
    }));

/**
 * Saves Turn's token, once Turn has answered to it with the account's name. Where Turn did not work before, what was held
 * for it is decided again behind the money guards: ordering begins anew now. Throws `PortError` of our own store.
 */
export const createSaveTurnToken =
  (ports: {
    readonly perform: Perform;
    readonly checkProvider: Pick<CheckProvider, 'readAccountName'>;
    readonly setup: Pick<Setup, 'saveTurnToken'>;
    readonly checks: Pick<Checks, 'listHeld'>;
    readonly inbox: Pick<Inbox, 'reopen'>;
    readonly incidents: Pick<Incidents, 'resolve'>;
    readonly now: () => Instant;
  }) =>
  (person: Person, connectionId: ConnectionId, text: string): Promise<Outcome<TurnTokenSaving>> =>
    ports.perform(person, connectionId, 'change secrets', connectionId, async ({ turn }) => ({
      before: { turn },
      after: { secret: "Turn's token" },
      act: async (): Promise<Act<TurnTokenSaving>> => {
        const read = readPastedSecret(text);
        if (read.kind === 'unfit') return withoutEffect(read);
        const probe = await probeToken(ports.checkProvider, connectionId, read.secret);
        if (probe.kind !== 'works') return withoutEffect(probe);
        const { accountName } = probe;
        const token = { token: read.secret, accountName, personId: person.id };
        if (!(await ports.setup.saveTurnToken(connectionId, token, ports.now()))) return tooLate;
        await ports.incidents.resolve(connectionId, 'turn-reconnect-needed', connectionId);
        await reopenHeld(ports, connectionId, 'held.disconnected');
        return { kind: 'done', result: { kind: 'saved', accountName } };
      },
    }));

const probeToken = async (
  checkProvider: Pick<CheckProvider, 'readAccountName'>,
  connectionId: ConnectionId,
  token: string,
): Promise<
  { readonly kind: 'works'; readonly accountName: string } | { readonly kind: 'refused' | 'unavailable' }
> => {
  try {
    return { kind: 'works', accountName: await checkProvider.readAccountName(connectionId, token) };
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    return { kind: error.isPassing ? 'unavailable' : 'refused' };
  }
};
