/** What a disconnect would touch. */
export interface DisconnectFacts {
  readonly openChecks: number;
  readonly heldChecks: number;
  readonly waitingDeliveries: number;
  readonly createdWebhooks: number;
  readonly hasPastedSecret: boolean;
}

const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${count} ${many}`;

/** What happens on a disconnect, in numbers, one sentence each. */
export const disconnectConsequences = (facts: DisconnectFacts): readonly string[] => {
  const sentences = [
    facts.openChecks === 0
      ? 'No check is running.'
      : `${counted(facts.openChecks, 'check is', 'checks are')} running; ${facts.openChecks === 1 ? 'it continues' : 'they continue'} at Turn, but Lever will no longer be updated.`,
  ];
  if (facts.heldChecks > 0)
    sentences.push(
      `${counted(facts.heldChecks, 'candidate waits', 'candidates wait')} for a decision and will not be ordered.`,
    );
  if (facts.waitingDeliveries > 0)
    sentences.push(
      `${counted(facts.waitingDeliveries, 'stage change', 'stage changes')} from Lever ${facts.waitingDeliveries === 1 ? 'is' : 'are'} not decided yet and will not be.`,
    );
  if (facts.createdWebhooks > 0)
    sentences.push(
      `${counted(facts.createdWebhooks, 'webhook', 'webhooks')} that Turn made in Lever ${facts.createdWebhooks === 1 ? 'is' : 'are'} deleted there.`,
    );
  sentences.push(
    'The access to Lever, the Webhook Secret and the Turn token are erased here. Your other settings are kept for the next connection.',
  );
  return sentences;
};

/** What a person has to delete in Lever afterwards, with the way to it. `stayingWebhooks`: ours that could not be deleted. */
export const deleteByHand = (
  facts: Pick<DisconnectFacts, 'hasPastedSecret'>,
  stayingWebhooks: number,
): readonly string[] => {
  const webhook =
    'In Lever click Settings, then Integrations & API, then the Webhooks tab, and delete the webhook';
  return [
    ...(facts.hasPastedSecret ? [`${webhook} with the address that stood here.`] : []),
    ...(stayingWebhooks > 0
      ? [
          `Lever did not let Turn delete ${counted(stayingWebhooks, 'webhook', 'webhooks')}. ${webhook} of Turn.`,
        ]
      : []),
    'On the Authorized Apps tab there, locate the Turn app and click Revoke Access.',
  ];
};

/** How many webhooks of ours stay in Lever. Where not even the list could be read, those that we know of do. */
export const stayingWebhooks = (
  createdWebhooks: number,
  staying: readonly { readonly webhookId: string | null }[],
): number => (staying.some(({ webhookId }) => webhookId === null) ? createdWebhooks : staying.length);
