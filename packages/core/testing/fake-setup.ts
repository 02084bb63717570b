import { endOfSecret } from '../src/connecting/pasted-secret.ts';
import type { ConnectionId, Instant } from '../src/ids.ts';
import type { Heard, KeptSecret, Setup } from '../src/ports/setup.ts';
import type { FakeConnections, KeptInFake } from './fake-connections.ts';
import type { FakeInbox } from './fake-inbox.ts';

interface Saved {
  readonly by: string | null;
  readonly at: Instant;
}
interface Extra {
  settings: Saved | null;
  turn: (Saved & { readonly accountName: string }) | null;
  /** Who saved which signature token, and of which webhook of ours it is. */
  readonly tokens: Map<string, Saved & { readonly webhookId: string | null }>;
  creatingUntil: Instant | null;
}

/** A set-up in memory, over the connections of a fake. */
export interface FakeSetup extends Setup {
  /** Makes the creation of a webhook that is under way lapse. */
  lapseCreation(connectionId: ConnectionId): void;
}

const day = 24 * 3_600_000;

/** Passes the set-up contract without a database. `names`: of people, by their id. */
export const createFakeSetup = ({
  connections,
  inbox = { deliveries: () => [] },
  names,
  now,
}: {
  readonly connections: FakeConnections;
  readonly inbox?: Pick<FakeInbox, 'deliveries'>;
  readonly names: ReadonlyMap<string, string>;
  readonly now: () => Instant;
}): FakeSetup => {
  const extras = new Map<ConnectionId, Extra>();
  const extraOf = (connectionId: ConnectionId): Extra => {
    const made = extras.get(connectionId) ?? {
      settings: null,
      turn: null,
      tokens: new Map(),
      creatingUntil: null,
    };
    extras.set(connectionId, made);
    return made;
  };
  const live = (connectionId: ConnectionId): KeptInFake | null => {
    const kept = connections.kept(connectionId);
    return kept === undefined || kept.connection.disconnectedAt !== null ? null : kept;
  };
  const named = (saved: Saved | null | undefined): string | null => names.get(saved?.by ?? '') ?? null;
  const secretOf = (secret: string, saved: Saved | null | undefined): KeptSecret => ({
    endsIn: endOfSecret(secret),
    savedBy: named(saved),
    savedAt: saved?.at ?? now(),
  });
  const isOurs = (connectionId: ConnectionId, token: string): boolean =>
    (extraOf(connectionId).tokens.get(token)?.webhookId ?? null) !== null;
  /** The tokens with those that are current and of one kind on their way out. */
  const replaced = (connectionId: ConnectionId, kept: KeptInFake, ours: boolean) =>
    kept.signatureTokens.map((one) =>
      one.validUntil === null && isOurs(connectionId, one.token) === ours
        ? { ...one, validUntil: now() + day }
        : one,
    );
  const heard = (connectionId: ConnectionId, kept: KeptInFake): Heard => {
    const event = inbox
      .deliveries()
      .findLast((one) => one.connectionId === connectionId && one.source === 'webhook');
    const [lastRefused = null] = kept.counters.samples;
    const ping = kept.lastPingAt;
    if (event !== undefined && event.receivedAt >= (ping ?? 0))
      return { lastSigned: { kind: 'event', at: event.receivedAt }, lastRefused };
    return { lastSigned: ping === null ? null : { kind: 'ping', at: ping }, lastRefused };
  };

  const setCreating = (connectionId: ConnectionId, kept: KeptInFake, until: Instant | null): void => {
    extraOf(connectionId).creatingUntil = until;
    kept.isCreatingWebhook = until !== null;
  };

  return {
    async read(connectionId) {
      const kept = connections.kept(connectionId);
      if (kept === undefined) return null;
      const { settings, turn, tokens } = extraOf(connectionId);
      const { connection, signatureTokens } = kept;
      const valid = signatureTokens.filter(({ validUntil }) => validUntil === null || validUntil > now());
      const pasted = valid.filter(({ token }) => !isOurs(connectionId, token));
      const current = pasted.find(({ validUntil }) => validUntil === null);
      const previous = pasted.findLast(({ validUntil }) => validUntil !== null);
      return {
        ...heard(connectionId, kept),
        leverKey: kept.leverKey,
        turnKey: kept.turnKey,
        settingsChangedBy: named(settings),
        settingsChangedAt: settings?.at ?? null,
        authorizedBy: names.get(connection.authorization?.personId ?? '') ?? null,
        pastedSecret:
          current === undefined
            ? null
            : {
                ...secretOf(current.token, tokens.get(current.token)),
                previousValidUntil: previous?.validUntil ?? null,
              },
        createdWebhookIds: valid.flatMap(({ token, validUntil }) =>
          validUntil === null ? (tokens.get(token)?.webhookId ?? []) : [],
        ),
        turnToken: kept.turnToken === null ? null : secretOf(kept.turnToken, turn),
        turnAccountName: kept.turnToken === null ? null : (turn?.accountName ?? null),
        pings: kept.counters.pings,
        refused: kept.counters.refused,
      };
    },
    async lastHeard(connectionId) {
      const kept = connections.kept(connectionId);
      return kept === undefined ? { lastSigned: null, lastRefused: null } : heard(connectionId, kept);
    },
    async saveSettings(connectionId, { revision, settings, triggerStage, isOtherStage, personId }, at) {
      const kept = live(connectionId);
      if (kept === null || kept.connection.settingsRevision !== revision) return null;
      extraOf(connectionId).settings = { by: personId, at };
      connections.change(connectionId, {
        settings,
        triggerStage,
        settingsRevision: revision + 1,
        ...(isOtherStage && { orderingSince: at }),
      });
      return revision + 1;
    },
    async saveEnvironment(connectionId, environment) {
      if (live(connectionId)?.connection.lever !== 'not-connected') return false;
      connections.change(connectionId, { environment });
      return true;
    },
    async saveWebhookSecret(connectionId, secret, by) {
      const kept = live(connectionId);
      if (kept === null) return 'gone';
      const isSecret = ({ token }: { readonly token: string }) => token === secret;
      if (kept.signatureTokens.some((one) => isSecret(one) && one.validUntil === null)) return 'same';
      const others = replaced(connectionId, kept, false).filter((one) => !isSecret(one));
      kept.signatureTokens = [...others, { token: secret, validUntil: null }];
      extraOf(connectionId).tokens.set(secret, { by, at: now(), webhookId: null });
      return 'saved';
    },
    async beginWebhook(connectionId, leaseMs) {
      const kept = live(connectionId);
      const until = extraOf(connectionId).creatingUntil;
      if (kept === null || (until !== null && until > now())) return false;
      setCreating(connectionId, kept, now() + leaseMs);
      return true;
    },
    async giveUpWebhook(connectionId) {
      const kept = live(connectionId);
      if (kept !== null) setCreating(connectionId, kept, null);
    },
    async saveWebhook(connectionId, { id, signatureToken }, by) {
      const kept = live(connectionId);
      if (kept === null) return false;
      kept.signatureTokens = [
        ...replaced(connectionId, kept, true),
        { token: signatureToken, validUntil: null },
      ];
      extraOf(connectionId).tokens.set(signatureToken, { by, at: now(), webhookId: id });
      setCreating(connectionId, kept, null);
      return true;
    },
    async saveTurnToken(connectionId, { token, accountName, personId }, at) {
      const kept = live(connectionId);
      if (kept === null) return false;
      kept.turnToken = token;
      extraOf(connectionId).turn = { by: personId, at, accountName };
      const isNew = kept.connection.turn !== 'working';
      connections.change(connectionId, {
        turn: 'working',
        packages: null,
        ...(isNew && { orderingSince: at }),
      });
      return true;
    },
    lapseCreation: (connectionId) => {
      const kept = live(connectionId);
      if (kept !== null) setCreating(connectionId, kept, null);
    },
  };
};
