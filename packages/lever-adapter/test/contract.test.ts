import type { OpportunityId, StageId } from '@turn-lever/core/ids';
import { describeAtsContract } from '@turn-lever/core/testing/ats-contract';
import { describeAtsWebhooksContract } from '@turn-lever/core/testing/ats-webhooks-contract';
import { createLeverWorld } from '../testing/lever-world.ts';

describeAtsContract('Lever', async () => {
  const { lever, account, ats, connectionId, connect, close } = await createLeverWorld();
  const revocable = lever.createAccount();
  const stageId = (text: string): StageId => {
    const stage = account.stages().find((one) => one.text === text);
    if (stage === undefined) throw new Error(`Expected a stage ${text}.`);
    return stage.id as StageId;
  };
  return {
    ats,
    connectionId,
    otherConnectionId: connect(lever.createAccount()),
    revocableConnectionId: connect(revocable),
    triggerStageId: stageId('Reference Check'),
    otherStageId: stageId('New applicant'),
    addOpportunity: async (candidate = {}) => {
      const { name = 'Ada Example', emails = [], phones = [], tags = [] } = candidate;
      const { id } = account.addOpportunity({
        name,
        emails: [...emails],
        phones: [...phones],
        tags: [...tags],
        stage: candidate.stageId ?? stageId('New applicant'),
        confidentiality: candidate.isConfidential === true ? 'confidential' : 'non-confidential',
        isAnonymized: candidate.isAnonymised ?? false,
        dataProtection: { contact: { allowed: candidate.mayBeContacted ?? true, expiresAt: null } },
      });
      return id as OpportunityId;
    },
    moveOpportunity: async (id, stage) => void account.moveOpportunity(id, stage),
    pinTag: async (id, tag) => account.pinTag(id, tag),
    archive: async (id) => void account.archive(id),
    remove: async (id) => void account.deleteOpportunity(id),
    stageNames: async () => account.stages().map(({ text }) => text),
    revoke: async () => revocable.revokeAccess(),
    close,
  };
});

describeAtsWebhooksContract('Lever', async () => {
  const { lever, ats, connectionId, connect, close } = await createLeverWorld();
  let webhooks = 0;
  return {
    atsWebhooks: ats,
    urlOfOurs: 'https://turn-lever.example.com/webhooks/lever/its-own',
    connectionId,
    otherConnectionId: connect(lever.createAccount()),
    createWebhook: async (id) => {
      webhooks += 1;
      const url = `https://turn-lever.example.com/webhooks/lever/key-${webhooks}`;
      return (await ats.createWebhook(id, { event: 'candidateStageChange', url })).id;
    },
    close,
  };
});
