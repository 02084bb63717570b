import type { ConnectionId, CorrelationId, OpportunityId } from '@turn-lever/core/ids';
import { defaultSettings, type Settings } from '@turn-lever/core/settings';
import { canary } from '@turn-lever/core/testing/canaries';
import { canaryWatch } from '@turn-lever/db/testing/canary-watch';
import { signDelivery } from '@turn-lever/emulator/lever/sign-delivery';
import type { Program } from '../src/compose.ts';
import { webhookUrls } from '../src/webhook-urls.ts';
import { eventually } from './eventually.ts';
import { createVendorAccount, type VendorAccountOptions } from './vendor-account.ts';
import type { Vendors } from './vendors.ts';

/** The parsed log lines. */
interface Log {
  readonly lines: readonly Record<string, unknown>[];
}

export type TestAccount = Awaited<ReturnType<typeof createTestAccount>>;

interface TestAccountOptions extends VendorAccountOptions {
  readonly environment: 'sandbox' | 'production';
  readonly settings: Partial<Settings>;
  /** Whether Turn's account-wide status webhook is set up. Default true. */
  readonly turnWebhook: boolean;
}

/** One partner: a Lever account, a Turn account, and our account between them. */
export const createTestAccount = async (
  vendors: Pick<Vendors, 'lever' | 'turn' | 'url'>,
  /** The one that runs now: it may be started again. */
  program: () => Program,
  given: Partial<TestAccountOptions>,
) => {
  const { credentials, connected, webhook, ...partner } = createVendorAccount(vendors, given);
  const { connections } = program().stores;
  const created = await connections.createAccount(
    {
      name: 'Test partner',
      superAdminEmail: canary.adminEmail,
      lever: { environment: given.environment ?? 'sandbox', ...credentials.lever },
      turn: credentials.turn,
      settings: { ...defaultSettings, waitBeforeOrdering: 0, ...given.settings },
    },
    Date.now(),
  );
  if (created.kind !== 'created') throw new Error(created.kind);
  canaryWatch.keepSecret(created.leverKey);
  canaryWatch.keepSecret(created.turnKey);
  const urls = webhookUrls(vendors.url);
  const leverUrl = urls.lever(created.leverKey);
  const turnUrl = urls.turn(created.turnKey);
  connected(leverUrl, given.turnWebhook === false ? null : turnUrl);
  const { connectionId } = created;

  const gone = new Set<string>();
  const check = (id: string) => program().stores.checks.newest(connectionId, id as OpportunityId);
  return {
    ...partner,
    connectionId: connectionId as ConnectionId,
    signatureToken: webhook.signatureToken,
    webhookId: webhook.id,
    leverUrl,
    turnUrl,
    check,
    /** From here on Lever is not expected to show more of this candidate. */
    stopExpecting: (id: string): void => {
      gone.add(id);
    },
    isStopped: (id: string): boolean => gone.has(id),
    /** Everything that must be found nowhere in clear. */
    secrets: (): readonly string[] => [...partner.secrets(), created.leverKey, created.turnKey],
    /** Posts a genuine delivery that says so. */
    post: (data: Record<string, unknown>, given: { event?: string } = {}) =>
      fetch(leverUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(signDelivery({ signatureToken: webhook.signatureToken, data, ...given })),
      }),
    /** Waits until the candidate's order stands in this phase, and answers it. */
    inPhase: (id: string, phase: string) =>
      eventually(async () => {
        const found = await check(id);
        if (found?.phase !== phase) throw new Error(`phase ${found?.phase}, hold ${found?.hold?.reason}`);
        return found;
      }),
    /** Waits until the candidate is held for this reason. */
    held: (id: string, reason: string) =>
      eventually(async () => {
        const found = await check(id);
        if (found?.hold?.reason !== reason)
          throw new Error(`phase ${found?.phase}, hold ${found?.hold?.reason}`);
        return found;
      }),
    /** Waits until Lever shows exactly this status. */
    showing: (id: string, tag: string) =>
      eventually(() => {
        const { tags } = partner.lever.opportunity(id);
        const ours = tags.filter((one) => one.startsWith('TurnStatus:'));
        if (ours.length !== 1 || ours[0] !== `TurnStatus:${tag}`)
          throw new Error(`shows ${ours.join(', ') || 'nothing'}`);
      }),
    /** Waits until no sync of the candidate's check is under way or due: a lease would end within two minutes. */
    atRest: (id: string) =>
      eventually(async () => {
        const due = (await check(id))?.nextSyncAt ?? null;
        if (due !== null && due < Date.now() + 600_000) throw new Error(`due again at ${due}`);
      }),
    /** The reasons that the log gives for the decisions on a candidate, oldest first. */
    decisions: (world: Log, id: string) =>
      world.lines
        .filter((line) => line.msg === 'delivery decided' && line.opportunityId === id)
        .map(({ reason }) => reason),
    decided: (world: Log, id: string, reason: string) =>
      eventually(() => {
        const reasons = world.lines
          .filter((line) => line.msg === 'delivery decided' && line.opportunityId === id)
          .map((line) => line.reason);
        if (!reasons.includes(reason)) throw new Error(`decided ${reasons.join(', ') || 'nothing'}`);
      }),
    correlationOf: async (id: string): Promise<CorrelationId | undefined> => (await check(id))?.correlationId,
  };
};
