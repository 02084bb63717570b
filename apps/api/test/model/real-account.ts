import type { AccountId, ConnectionId, OpportunityId } from '@turn-lever/core/ids';
import type { AccountCreation } from '@turn-lever/core/ports/connections';
import { defaultSettings } from '@turn-lever/core/settings';
import { canary } from '@turn-lever/core/testing/canaries';
import {
  candidateCount,
  personsNote,
  personsTag,
  type Setup,
} from '@turn-lever/core/testing/model/system-under-test';
import { canaryWatch } from '@turn-lever/db/testing/canary-watch';
import { createVendorAccount } from '../vendor-account.ts';
import type { RealStage } from './real-stage.ts';

/** One partner of one run: at both vendors, in our database, with the candidates of the model. */
export type RealAccount = Awaited<ReturnType<typeof createRealAccount>>;

/** The other stage of the model. */
export const otherStage = 'lead-responded';

// Seconds in the model, a hundredth of it here.
const waitScale = 100;

/** Makes it, through the first program. */
export const createRealAccount = async ({ vendors, processes }: RealStage, setup: Setup) => {
  const packages = [
    { id: 'P0000000001', name: 'Standard' },
    { id: 'P0000000002', name: 'Driver: MVR' },
  ];
  const partner = createVendorAccount(vendors, { packages });
  const { lever, turn, credentials } = partner;
  lever.settings.deliverWebhooks = false;
  turn.setWebhookCopies(0);

  const answer = await processes[0]?.ask({
    do: 'create account',
    now: Date.now(),
    account: {
      name: 'Test partner',
      superAdminEmail: canary.adminEmail,
      lever: { environment: 'sandbox', ...credentials.lever },
      turn: credentials.turn,
      settings: {
        ...defaultSettings,
        ordersPerHour: setup.ordersPerHour,
        neutralAdverse: setup.neutralAdverse,
        waitBeforeOrdering: setup.waitBeforeOrdering / waitScale,
      },
    },
  });
  const created = answer?.kind === 'answered' ? (answer.value as AccountCreation) : null;
  if (created?.kind !== 'created') throw new Error(`No account was made: ${JSON.stringify(answer)}`);
  canaryWatch.keepSecret(created.leverKey);
  canaryWatch.keepSecret(created.turnKey);

  const opportunities: OpportunityId[] = [];
  for (let candidate = 0; candidate < candidateCount; candidate += 1) {
    const [first] = opportunities;
    const contact =
      candidate === 1 && first !== undefined ? { contactId: lever.opportunity(first).contactId } : {};
    const id = partner.add({ ...contact, tags: [personsTag] }) as OpportunityId;
    lever.addNote(id, personsNote);
    opportunities.push(id);
  }

  if (setup.isRestored) {
    const forgotten = opportunities[candidateCount - 1] ?? '';
    await orderAtTurn(vendors.turn.apiUrl, turn.token, `lever-sandbox-${forgotten}-1`);
    lever.addTag(forgotten, 'TurnStatus:Emailed');
    lever.addNote(forgotten, `Turn background check ordered. Turn ID: ${turn.checks.at(-1)?.turnId}`);
  }

  return {
    lever,
    turn,
    accountId: created.accountId as AccountId,
    connectionId: created.connectionId as ConnectionId,
    signatureToken: partner.webhook.signatureToken,
    email: canary.email,
    leverPath: `/webhooks/lever/${created.leverKey}`,
    turnPath: `/webhooks/turn/${created.turnKey}`,
    triggerStage: partner.stage,
    opportunities,
    opportunityOf: (candidate: number): OpportunityId => {
      const found = opportunities[candidate];
      if (found === undefined) throw new Error(`There is no candidate ${candidate}.`);
      return found;
    },
    /** Its number; null: nobody of this account. */
    candidateOf: (opportunityId: unknown): number | null => {
      const found = opportunities.indexOf(opportunityId as OpportunityId);
      return found < 0 ? null : found;
    },
  };
};

/** An order of which our database knows nothing. */
const orderAtTurn = async (apiUrl: string, token: string, referenceId: string): Promise<void> => {
  const response = await fetch(`${apiUrl}/person/search_async`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      first_name: canary.firstName,
      last_name: canary.lastName,
      email: canary.email,
      callback_url: 'https://example.com/nobody-listens',
      reference_id: referenceId,
    }),
  });
  if (!response.ok) throw new Error(`Turn answered ${response.status}.`);
};
