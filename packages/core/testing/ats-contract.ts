import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionId, NoteId, OpportunityId, StageId } from '../src/ids.ts';
import type { Opportunity } from '../src/ordering/opportunity.ts';
import type { Ats, NewNote } from '../src/ports/ats.ts';

/** Somebody to be put into the applicant tracking system. */
export interface ContractCandidate {
  readonly name?: string;
  readonly emails?: readonly string[];
  /** Eleven digits each. */
  readonly phones?: readonly string[];
  readonly tags?: readonly string[];
  /** Default: the harness's `otherStageId`. */
  readonly stageId?: StageId;
  readonly isConfidential?: boolean;
  readonly isAnonymised?: boolean;
  readonly mayBeContacted?: boolean;
}

/** What the contract needs around an applicant tracking system: the hands of the people who use it. */
export interface AtsHarness {
  readonly ats: Ats;
  readonly connectionId: ConnectionId;
  /** A connection to another account, without anybody in it. */
  readonly otherConnectionId: ConnectionId;
  /** A connection to a third account, whose grant nobody else needs. */
  readonly revocableConnectionId: ConnectionId;
  readonly triggerStageId: StageId;
  readonly otherStageId: StageId;
  addOpportunity(candidate?: ContractCandidate): Promise<OpportunityId>;
  moveOpportunity(opportunityId: OpportunityId, stageId: StageId): Promise<void>;
  pinTag(opportunityId: OpportunityId, tag: string): Promise<void>;
  archive(opportunityId: OpportunityId): Promise<void>;
  remove(opportunityId: OpportunityId): Promise<void>;
  /** Names of the stages as people see them, in pipeline order. */
  stageNames(): Promise<readonly string[]>;
  /** Takes the grant of `revocableConnectionId` away. */
  revoke(): Promise<void>;
  close(): Promise<void>;
}

const aNote: NewNote = { text: 'Turn ID: C0000000001', isSecret: false, notifyFollowers: false };

/** What every `Ats` promises. The harness is made once; each test has an opportunity of its own. */
export const describeAtsContract = (name: string, createHarness: () => Promise<AtsHarness>): void => {
  describe(`applicant tracking system: ${name}`, () => {
    let harness: AtsHarness;
    beforeAll(async () => {
      harness = await createHarness();
    });
    afterAll(async () => {
      await harness?.close();
    });

    const read = async (opportunityId: OpportunityId): Promise<Opportunity> => {
      const reading = await harness.ats.readOpportunity(harness.connectionId, opportunityId);
      if (reading.kind !== 'found') throw new Error(`Expected the opportunity, got ${reading.kind}.`);
      return reading.opportunity;
    };
    const idsOf = (opportunities: readonly Opportunity[]): readonly OpportunityId[] =>
      opportunities.map(({ id }) => id);
    const entered = async (since: number): Promise<readonly OpportunityId[]> =>
      idsOf(await harness.ats.listEntered(harness.connectionId, harness.triggerStageId, since));
    const addToTrigger = async (candidate: ContractCandidate = {}): Promise<OpportunityId> => {
      const id = await harness.addOpportunity(candidate);
      await harness.moveOpportunity(id, harness.triggerStageId);
      return id;
    };

    test('counts who stands in a stage now, archived ones left out', async () => {
      const { ats, connectionId, triggerStageId } = harness;
      const { count: before } = await ats.countInStage(connectionId, triggerStageId);
      await addToTrigger();
      await harness.archive(await addToTrigger());
      expect(await ats.countInStage(connectionId, triggerStageId)).toEqual({
        count: before + 1,
        isMore: false,
      });
    });

    describe('reading', () => {
      test('gives what is known of the candidate', async () => {
        const id = await harness.addOpportunity({
          name: 'Grace Example',
          emails: ['grace@example.com'],
          phones: ['12025550143'],
          tags: ['Engineering', 'TurnPackage:P0000000001:Basic'],
        });
        expect(await read(id)).toMatchObject({
          id,
          name: 'Grace Example',
          emails: ['grace@example.com'],
          phones: ['12025550143'],
          tags: ['Engineering', 'TurnPackage:P0000000001:Basic'],
          stageId: harness.otherStageId,
          isArchived: false,
          isAnonymised: false,
          mayBeContacted: true,
        });
      });

      test('gives every change of stage with its time', async () => {
        const id = await addToTrigger();
        const { stageId, stageChanges, lastAdvancedAt } = await read(id);
        expect(stageId).toBe(harness.triggerStageId);
        expect(stageChanges.at(-1)).toEqual({ toStageId: harness.triggerStageId, at: lastAdvancedAt });
      });

      test('gives an archived candidate, who stays in the stage, as archived', async () => {
        const id = await addToTrigger();
        await harness.archive(id);
        expect(await read(id)).toMatchObject({ isArchived: true, stageId: harness.triggerStageId });
      });

      test('says where a candidate is anonymised or must not be contacted', async () => {
        const anonymised = await harness.addOpportunity({ isAnonymised: true });
        const quiet = await harness.addOpportunity({ mayBeContacted: false });
        expect(await read(anonymised)).toMatchObject({ isAnonymised: true, mayBeContacted: true });
        expect(await read(quiet)).toMatchObject({ isAnonymised: false, mayBeContacted: false });
      });

      test('answers that a deleted candidate is gone', async () => {
        const id = await harness.addOpportunity();
        await harness.remove(id);
        expect(await harness.ats.readOpportunity(harness.connectionId, id)).toEqual({ kind: 'gone' });
      });

      test('answers that a confidential candidate may not be read', async () => {
        const id = await harness.addOpportunity({ isConfidential: true });
        expect(await harness.ats.readOpportunity(harness.connectionId, id)).toEqual({ kind: 'no-access' });
      });

      test('shows nothing to another connection', async () => {
        const id = await harness.addOpportunity({ tags: ['only-here'] });
        const { ats, otherConnectionId } = harness;
        expect(await ats.readOpportunity(otherConnectionId, id)).toEqual({ kind: 'gone' });
        expect(await ats.listTagged(otherConnectionId, ['only-here'])).toEqual([]);
      });

      test('lists the stages in pipeline order', async () => {
        const stages = await harness.ats.listStages(harness.connectionId);
        expect(stages.map(({ name }) => name)).toEqual(await harness.stageNames());
        expect(stages.map(({ id }) => id)).toEqual(
          expect.arrayContaining([harness.triggerStageId, harness.otherStageId]),
        );
      });
    });

    describe('listing who entered a stage', () => {
      test('gives those who arrived at the time or later', async () => {
        const id = await addToTrigger();
        const arrivedAt = (await read(id)).lastAdvancedAt ?? 0;
        expect(await entered(arrivedAt)).toContain(id);
        expect(await entered(arrivedAt + 1)).not.toContain(id);
      });

      test('leaves out who is elsewhere, archived, deleted or confidential', async () => {
        const elsewhere = await harness.addOpportunity();
        const archived = await addToTrigger();
        await harness.archive(archived);
        const deleted = await addToTrigger();
        await harness.remove(deleted);
        const confidential = await addToTrigger({ isConfidential: true });
        const present = await addToTrigger();
        const found = await entered(0);
        expect(found).toContain(present);
        for (const id of [elsewhere, archived, deleted, confidential]) expect(found).not.toContain(id);
      });

      test('gives each candidate once', async () => {
        const id = await addToTrigger();
        await harness.moveOpportunity(id, harness.otherStageId);
        await harness.moveOpportunity(id, harness.triggerStageId);
        const found = await entered(0);
        expect(found).toHaveLength(new Set(found).size);
        expect(found).toContain(id);
      });
    });

    describe('listing by tag', () => {
      test('gives who carries at least one of the tags, archived ones included, each once', async () => {
        const both = await harness.addOpportunity({ tags: ['list:a', 'list:b'] });
        const archived = await harness.addOpportunity({ tags: ['list:b'] });
        await harness.archive(archived);
        await harness.addOpportunity({ tags: ['list:c'] });
        const found = idsOf(await harness.ats.listTagged(harness.connectionId, ['list:a', 'list:b']));
        expect(found.toSorted()).toEqual([both, archived].toSorted());
      });

      test('tells tags of another spelling apart', async () => {
        await harness.addOpportunity({ tags: ['List:Spelling'] });
        expect(await harness.ats.listTagged(harness.connectionId, ['list:spelling'])).toEqual([]);
      });

      test('gives nobody where no tag is asked for', async () => {
        await harness.addOpportunity({ tags: ['list:any'] });
        expect(await harness.ats.listTagged(harness.connectionId, [])).toEqual([]);
      });
    });

    describe('tags', () => {
      test('are added beside those that are there, and all come back', async () => {
        const id = await harness.addOpportunity({ tags: ['Engineering'] });
        const tags = await harness.ats.addTag(harness.connectionId, id, 'TurnStatus:Clear');
        expect(tags.toSorted()).toEqual(['Engineering', 'TurnStatus:Clear']);
        expect((await read(id)).tags.toSorted()).toEqual(['Engineering', 'TurnStatus:Clear']);
      });

      test('are added once, however often', async () => {
        const id = await harness.addOpportunity();
        await harness.ats.addTag(harness.connectionId, id, 'TurnStatus:Clear');
        expect(await harness.ats.addTag(harness.connectionId, id, 'TurnStatus:Clear')).toEqual([
          'TurnStatus:Clear',
        ]);
      });

      test('are removed by their exact spelling, and the rest comes back', async () => {
        const id = await harness.addOpportunity({ tags: ['Full-time', 'Full-Time', 'TurnStatus:Clear'] });
        const { ats, connectionId } = harness;
        expect(await ats.removeTags(connectionId, id, ['Full-time', 'never-there'])).toEqual([
          'Full-Time',
          'TurnStatus:Clear',
        ]);
      });

      test('that will not go away are in the answer', async () => {
        const id = await harness.addOpportunity({ tags: ['TurnStatus:Clear'] });
        await harness.pinTag(id, 'TurnStatus:Initiated');
        const { ats, connectionId } = harness;
        expect(await ats.removeTags(connectionId, id, ['TurnStatus:Initiated', 'TurnStatus:Clear'])).toEqual([
          'TurnStatus:Initiated',
        ]);
      });

      test('leave the candidate otherwise as they were', async () => {
        const id = await harness.addOpportunity({ name: 'Grace Example', emails: ['grace@example.com'] });
        const before = await read(id);
        await harness.ats.addTag(harness.connectionId, id, 'TurnStatus:Clear');
        await harness.ats.removeTags(harness.connectionId, id, ['TurnStatus:Clear']);
        expect(await read(id)).toEqual(before);
      });
    });

    describe('notes', () => {
      test('are written and listed with their ids', async () => {
        const id = await harness.addOpportunity();
        const first = await harness.ats.writeNote(harness.connectionId, id, aNote);
        const second = await harness.ats.writeNote(harness.connectionId, id, {
          text: 'A line\nand another: https://turn.example.com/x?y=1&z=ü',
          isSecret: true,
          notifyFollowers: true,
        });
        const notes = await harness.ats.listNotes(harness.connectionId, id);
        expect(notes.toSorted((a, b) => a.text.localeCompare(b.text))).toEqual([
          { id: second, text: 'A line\nand another: https://turn.example.com/x?y=1&z=ü' },
          { id: first, text: 'Turn ID: C0000000001' },
        ]);
      });

      test('are written again when asked again: whoever calls looks first', async () => {
        const id = await harness.addOpportunity();
        const first = await harness.ats.writeNote(harness.connectionId, id, aNote);
        expect(await harness.ats.writeNote(harness.connectionId, id, aNote)).not.toBe(first);
        expect(await harness.ats.listNotes(harness.connectionId, id)).toHaveLength(2);
      });

      test('are gone once deleted, and deleting one that is gone is no error', async () => {
        const id = await harness.addOpportunity();
        const noteId = await harness.ats.writeNote(harness.connectionId, id, aNote);
        await harness.ats.deleteNote(harness.connectionId, id, noteId);
        expect(await harness.ats.listNotes(harness.connectionId, id)).toEqual([]);
        await expect(harness.ats.deleteNote(harness.connectionId, id, noteId)).resolves.toBeUndefined();
        const unknown = 'never-there' as NoteId;
        await expect(harness.ats.deleteNote(harness.connectionId, id, unknown)).resolves.toBeUndefined();
      });
    });

    describe('writing where it is impossible', () => {
      const writes = (id: OpportunityId): readonly (() => Promise<unknown>)[] => {
        const { ats, connectionId } = harness;
        return [
          () => ats.addTag(connectionId, id, 'TurnStatus:Clear'),
          () => ats.removeTags(connectionId, id, ['TurnStatus:Clear']),
          () => ats.listNotes(connectionId, id),
          () => ats.writeNote(connectionId, id, aNote),
        ];
      };

      test('says that a deleted candidate is not found', async () => {
        const id = await harness.addOpportunity();
        await harness.remove(id);
        for (const write of writes(id)) {
          await expect(write()).rejects.toMatchObject({ name: 'PortError', code: 'not-found' });
        }
      });

      test('says that a confidential candidate is forbidden', async () => {
        const id = await harness.addOpportunity({ isConfidential: true });
        for (const write of writes(id)) {
          await expect(write()).rejects.toMatchObject({ name: 'PortError', code: 'forbidden' });
        }
      });
    });

    test('confirms a grant that is alive, and says that a revoked one is unauthorized', async () => {
      const { ats, connectionId, revocableConnectionId } = harness;
      await expect(ats.confirmAuthorization(connectionId, 0)).resolves.toBeUndefined();
      await harness.revoke();
      const revoked = { name: 'PortError', code: 'unauthorized', vendor: 'lever' };
      await expect(ats.confirmAuthorization(revocableConnectionId, 0)).rejects.toMatchObject(revoked);
      await expect(ats.listStages(revocableConnectionId)).rejects.toMatchObject(revoked);
    });
  });
};
