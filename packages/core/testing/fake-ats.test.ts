import { expect, test } from 'vitest';
import type { ConnectionId, OpportunityId } from '../src/ids.ts';
import { PortError } from '../src/ports/port-error.ts';
import { applicantStage, referenceCheckStage } from './an-opportunity.ts';
import { describeAtsContract } from './ats-contract.ts';
import { createFakeAts } from './fake-ats.ts';

const connectionId = 'connection-1' as ConnectionId;
const noon = Date.UTC(2026, 10, 23, 12);

describeAtsContract('in memory', async () => {
  let time = noon;
  let opportunities = 0;
  const ats = createFakeAts({ now: () => time });
  const revocableConnectionId = 'connection-3' as ConnectionId;
  return {
    ats,
    connectionId,
    otherConnectionId: 'connection-2' as ConnectionId,
    revocableConnectionId,
    triggerStageId: referenceCheckStage,
    otherStageId: applicantStage,
    addOpportunity: async ({ stageId = applicantStage, isConfidential = false, ...given } = {}) => {
      opportunities += 1;
      const id = ats.addOpportunity(connectionId, {
        ...given,
        id: `opportunity-${opportunities}` as OpportunityId,
        stageId,
        stageChanges: [{ toStageId: stageId, at: time }],
        lastAdvancedAt: time,
      });
      if (isConfidential) ats.makeConfidential(connectionId, id);
      return id;
    },
    moveOpportunity: async (id, stageId) => {
      time += 1000;
      ats.moveOpportunity(connectionId, id, stageId);
    },
    pinTag: async (id, tag) => ats.pinTag(connectionId, id, tag),
    archive: async (id) => ats.archive(connectionId, id),
    remove: async (id) => ats.remove(connectionId, id),
    stageNames: async () => ['New applicant', 'Reference Check'],
    revoke: async () => ats.revoke(revocableConnectionId),
    close: async () => {},
  };
});

const aFake = () => {
  const ats = createFakeAts({ now: () => noon });
  return { ats, id: ats.addOpportunity(connectionId) };
};
const lost = new PortError('unavailable', 'The answer was lost.', { vendor: 'lever' });
const aNote = { text: 'a note', isSecret: false, notifyFollowers: false };

test('fails the next call of the method that was named, once, without carrying it out', async () => {
  const { ats, id } = aFake();
  ats.fail(lost, { method: 'writeNote' });
  await expect(ats.addTag(connectionId, id, 'a')).resolves.toEqual(['a']);
  await expect(ats.writeNote(connectionId, id, aNote)).rejects.toBe(lost);
  expect(ats.notes(connectionId, id)).toEqual([]);
  await ats.writeNote(connectionId, id, aNote);
  expect(ats.notes(connectionId, id)).toMatchObject([aNote]);
});

test('can lose the answer of a call that was carried out', async () => {
  const { ats, id } = aFake();
  ats.fail(lost, { method: 'writeNote', carriedOut: true });
  await expect(ats.writeNote(connectionId, id, aNote)).rejects.toBe(lost);
  expect(ats.notes(connectionId, id)).toMatchObject([aNote]);
});

test('keeps a journal of every call, failed ones included', async () => {
  const { ats, id } = aFake();
  ats.fail(lost);
  await expect(ats.listStages(connectionId)).rejects.toBe(lost);
  await ats.readOpportunity(connectionId, id);
  expect(ats.journal).toEqual([
    { method: 'listStages', connectionId, opportunityId: null },
    { method: 'readOpportunity', connectionId, opportunityId: id },
  ]);
});

test('works again once a revoked connection is reconnected', async () => {
  const { ats } = aFake();
  ats.revoke(connectionId);
  await expect(ats.listStages(connectionId)).rejects.toMatchObject({ code: 'unauthorized' });
  ats.reconnect(connectionId);
  await expect(ats.listStages(connectionId)).resolves.toHaveLength(2);
});
