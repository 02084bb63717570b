import { canary } from '@turn-lever/core/testing/canaries';
import type { Vendors } from './vendors.ts';

export interface VendorAccountOptions {
  readonly packages: { id: string; name: string }[] | 'not-offered';
  readonly stages: { id: string; text: string }[];
}

const standardPackages = [
  { id: 'P0000000001', name: 'Standard' },
  { id: 'P0000000002', name: 'Plus' },
];

/**
 * One partner as the vendors know it: a Lever account with a webhook and a grant, and a Turn account. `connected` points
 * their webhooks at us.
 */
export const createVendorAccount = (
  vendors: Pick<Vendors, 'lever' | 'turn' | 'url'>,
  given: Partial<VendorAccountOptions> = {},
) => {
  const lever = vendors.lever.createAccount(given.stages === undefined ? {} : { stages: given.stages });
  const turn = vendors.turn.createAccount({ packages: given.packages ?? standardPackages });
  const webhook = lever.createWebhook({ url: `${vendors.url}/webhooks/lever/unknown` });
  const { accessToken, refreshToken, expiresAt } = lever.createGrant();
  const stage = lever.stages().find(({ text }) => text === 'Reference Check')?.id ?? '';
  const before = new Map<string, readonly string[]>();

  const add = (candidate: Partial<Parameters<typeof lever.addOpportunity>[0]> = {}): string => {
    const { id } = lever.addOpportunity({
      name: canary.name,
      emails: [canary.email],
      phones: [canary.phone],
      tags: ['Engineering'],
      ...candidate,
    });
    before.set(id, lever.opportunity(id).tags);
    return id;
  };
  return {
    lever,
    turn,
    webhook,
    stage,
    /** What our account is made from. */
    credentials: {
      lever: {
        accountId: lever.id,
        accessToken,
        refreshToken,
        expiresAt,
        signatureToken: webhook.signatureToken,
      },
      turn: { token: turn.token },
    },
    /** Where Lever's deliveries go to, and Turn's; null: Turn sends none. */
    connected: (leverUrl: string, turnUrl: string | null): void => {
      lever.editWebhook(webhook.id, { url: leverUrl });
      if (turnUrl !== null) turn.setScreeningWebhookUrl(turnUrl);
    },
    /** A complete candidate who stands in the first stage. */
    add,
    /** A recruiter moves somebody into the trigger stage. */
    order: (candidate: Parameters<typeof add>[0] = {}): string => {
      const id = add(candidate);
      lever.moveOpportunity(id, stage);
      return id;
    },
    /** The tags a candidate was added with. */
    tagsBefore: (id: string): readonly string[] => before.get(id) ?? [],
    ordersOf: (id: string) => turn.checks.filter(({ referenceId }) => referenceId?.includes(id)),
    /** What Lever shows of ours on a candidate. */
    shown: (id: string) => {
      const { tags, notes } = lever.opportunity(id);
      return {
        tags: tags.filter((tag) => tag.startsWith('TurnStatus:')),
        otherTags: tags.filter((tag) => !tag.startsWith('TurnStatus:')),
        notes: notes.filter(({ deletedAt }) => deletedAt === null).map(({ value }) => value),
      };
    },
    /** What the vendors gave us that must be found nowhere in clear. */
    secrets: (): readonly string[] => [webhook.signatureToken, turn.token, accessToken, refreshToken],
  };
};
