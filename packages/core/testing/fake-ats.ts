import type { ConnectionId, Instant, NoteId, OpportunityId, StageId } from '../src/ids.ts';
import type { Opportunity } from '../src/ordering/opportunity.ts';
import type { Stage } from '../src/ordering/stage-rule.ts';
import type { Ats, NewNote } from '../src/ports/ats.ts';
import { PortError } from '../src/ports/port-error.ts';
import { anOpportunity, applicantStage, referenceCheckStage } from './an-opportunity.ts';

/** A note as the fake keeps it. */
export interface FakeNote extends NewNote {
  readonly id: NoteId;
}

/** One call that was made, whether or not it succeeded. */
export interface FakeAtsCall {
  readonly method: keyof Ats;
  readonly connectionId: ConnectionId;
  readonly opportunityId: OpportunityId | null;
}

/** When a planned failure strikes. */
export interface FailurePlan {
  /** The next call of this method; without it the next call of any. */
  readonly method?: keyof Ats;
  /** Whether the call is carried out first, so that only its answer is lost. */
  readonly carriedOut?: boolean;
}

/** An applicant tracking system in memory, and what a test needs to drive it. */
export interface FakeAts extends Ats {
  /** Every call so far, oldest first. */
  readonly journal: readonly FakeAtsCall[];
  /** Sets the stages of one connection's account. */
  setStages(connectionId: ConnectionId, stages: readonly Stage[]): void;
  /** Adds or replaces an opportunity. */
  addOpportunity(connectionId: ConnectionId, given?: Partial<Opportunity>): OpportunityId;
  /** Changes fields as a person in Lever would, whatever they are. */
  change(connectionId: ConnectionId, opportunityId: OpportunityId, given: Partial<Opportunity>): void;
  moveOpportunity(
    connectionId: ConnectionId,
    opportunityId: OpportunityId,
    stageId: StageId,
    at?: Instant,
  ): void;
  setTags(connectionId: ConnectionId, opportunityId: OpportunityId, tags: readonly string[]): void;
  /** A tag that removing leaves in place, as one inherited from a posting. */
  pinTag(connectionId: ConnectionId, opportunityId: OpportunityId, tag: string): void;
  archive(connectionId: ConnectionId, opportunityId: OpportunityId): void;
  remove(connectionId: ConnectionId, opportunityId: OpportunityId): void;
  makeConfidential(connectionId: ConnectionId, opportunityId: OpportunityId): void;
  /** From now on every call of this connection throws `unauthorized`. */
  revoke(connectionId: ConnectionId): void;
  /** Ends what `revoke` began. */
  reconnect(connectionId: ConnectionId): void;
  /** The opportunity as it stands. Throws where there is none. */
  opportunity(connectionId: ConnectionId, opportunityId: OpportunityId): Opportunity;
  /** The notes as they stand, oldest first. */
  notes(connectionId: ConnectionId, opportunityId: OpportunityId): readonly FakeNote[];
  /** Makes one coming call throw this. Several wait their turn. */
  fail(error: PortError, plan?: FailurePlan): void;
}

interface Kept {
  opportunity: Opportunity;
  notes: FakeNote[];
  readonly pinned: Set<string>;
  isConfidential: boolean;
}

interface World {
  stages: readonly Stage[];
  readonly kept: Map<OpportunityId, Kept>;
  isRevoked: boolean;
}

/** Makes a fake where every connection has its own account with two stages. `now` gives the time of moves. */
export const createFakeAts = ({ now }: { readonly now: () => Instant }): FakeAts => {
  const worlds = new Map<ConnectionId, World>();
  const journal: FakeAtsCall[] = [];
  const failures: { error: PortError; plan: FailurePlan }[] = [];
  let notesWritten = 0;

  const worldOf = (connectionId: ConnectionId): World => {
    const known = worlds.get(connectionId);
    if (known !== undefined) return known;
    const stages = [
      { id: applicantStage, name: 'New applicant' },
      { id: referenceCheckStage, name: 'Reference Check' },
    ];
    const world: World = { stages, kept: new Map(), isRevoked: false };
    worlds.set(connectionId, world);
    return world;
  };

  const keptOf = (connectionId: ConnectionId, opportunityId: OpportunityId): Kept => {
    const kept = worldOf(connectionId).kept.get(opportunityId);
    if (kept === undefined) throw new Error(`The fake has no opportunity ${opportunityId}.`);
    return kept;
  };

  /** Lists leave confidential opportunities out silently (`lever-api.md` §5.8). */
  const listed = (connectionId: ConnectionId, fits: (opportunity: Opportunity) => boolean): Opportunity[] =>
    [...worldOf(connectionId).kept.values()]
      .filter((kept) => !kept.isConfidential && fits(kept.opportunity))
      .map((kept) => kept.opportunity);

  const called = async <Result>(
    method: keyof Ats,
    connectionId: ConnectionId,
    opportunityId: OpportunityId | null,
    carryOut: (world: World) => Result,
  ): Promise<Result> => {
    journal.push({ method, connectionId, opportunityId });
    const due = failures.findIndex(({ plan }) => plan.method === undefined || plan.method === method);
    const failure = due === -1 ? undefined : failures.splice(due, 1)[0];
    if (failure !== undefined && failure.plan.carriedOut !== true) throw failure.error;
    const world = worldOf(connectionId);
    if (world.isRevoked)
      throw new PortError('unauthorized', 'The fake grant was revoked.', { vendor: 'lever' });
    const result = carryOut(world);
    if (failure !== undefined) throw failure.error;
    return result;
  };

  /** What every call on one opportunity needs: there, and readable. */
  const on = <Result>(
    method: keyof Ats,
    connectionId: ConnectionId,
    opportunityId: OpportunityId,
    carryOut: (kept: Kept) => Result,
  ): Promise<Result> =>
    called(method, connectionId, opportunityId, ({ kept: all }) => {
      const kept = all.get(opportunityId);
      if (kept === undefined) throw new PortError('not-found', 'No such opportunity.', { vendor: 'lever' });
      if (kept.isConfidential)
        throw new PortError('forbidden', 'A confidential opportunity.', { vendor: 'lever' });
      return carryOut(kept);
    });

  const setTags = (kept: Kept, tags: readonly string[]): readonly string[] => {
    kept.opportunity = { ...kept.opportunity, tags: [...new Set(tags)] };
    return kept.opportunity.tags;
  };

  const change: FakeAts['change'] = (connectionId, opportunityId, given) => {
    const kept = keptOf(connectionId, opportunityId);
    kept.opportunity = { ...kept.opportunity, ...given };
  };

  return {
    confirmAuthorization: (connectionId) =>
      called('confirmAuthorization', connectionId, null, () => undefined),
    readOpportunity: (connectionId, opportunityId) =>
      called('readOpportunity', connectionId, opportunityId, ({ kept: all }) => {
        const kept = all.get(opportunityId);
        if (kept === undefined) return { kind: 'gone' };
        return kept.isConfidential ? { kind: 'no-access' } : { kind: 'found', opportunity: kept.opportunity };
      }),
    listStages: (connectionId) => called('listStages', connectionId, null, ({ stages }) => stages),
    listEntered: (connectionId, stageId, since) =>
      called('listEntered', connectionId, null, () =>
        listed(
          connectionId,
          (opportunity) =>
            opportunity.stageId === stageId &&
            !opportunity.isArchived &&
            (opportunity.lastAdvancedAt ?? opportunity.createdAt) >= since,
        ),
      ),
    countInStage: (connectionId, stageId) =>
      called('countInStage', connectionId, null, () => {
        const { length } = listed(
          connectionId,
          (opportunity) => opportunity.stageId === stageId && !opportunity.isArchived,
        );
        return { count: Math.min(length, 50), isMore: length > 50 };
      }),
    listTagged: (connectionId, tags) =>
      called('listTagged', connectionId, null, () =>
        listed(connectionId, (opportunity) => opportunity.tags.some((tag) => tags.includes(tag))),
      ),
    addTag: (connectionId, opportunityId, tag) =>
      on('addTag', connectionId, opportunityId, (kept) => setTags(kept, [...kept.opportunity.tags, tag])),
    removeTags: (connectionId, opportunityId, tags) =>
      on('removeTags', connectionId, opportunityId, (kept) =>
        setTags(
          kept,
          kept.opportunity.tags.filter((tag) => kept.pinned.has(tag) || !tags.includes(tag)),
        ),
      ),
    listNotes: (connectionId, opportunityId) =>
      on('listNotes', connectionId, opportunityId, ({ notes }) =>
        notes.map(({ id, text }) => ({ id, text })),
      ),
    writeNote: (connectionId, opportunityId, note) =>
      on('writeNote', connectionId, opportunityId, (kept) => {
        notesWritten += 1;
        const id = `note-${notesWritten}` as NoteId;
        kept.notes.push({ ...note, id });
        return id;
      }),
    deleteNote: (connectionId, opportunityId, noteId) =>
      called('deleteNote', connectionId, opportunityId, ({ kept: all }) => {
        const kept = all.get(opportunityId);
        if (kept !== undefined) kept.notes = kept.notes.filter(({ id }) => id !== noteId);
      }),

    journal,
    setStages: (connectionId, stages) => {
      worldOf(connectionId).stages = stages;
    },
    addOpportunity: (connectionId, given = {}) => {
      const opportunity = anOpportunity(given);
      worldOf(connectionId).kept.set(opportunity.id, {
        opportunity,
        notes: [],
        pinned: new Set(),
        isConfidential: false,
      });
      return opportunity.id;
    },
    change,
    moveOpportunity: (connectionId, opportunityId, stageId, at = now()) => {
      const { stageChanges } = keptOf(connectionId, opportunityId).opportunity;
      change(connectionId, opportunityId, {
        stageId,
        stageChanges: [...stageChanges, { toStageId: stageId, at }],
        lastAdvancedAt: at,
      });
    },
    setTags: (connectionId, opportunityId, tags) => {
      setTags(keptOf(connectionId, opportunityId), tags);
    },
    pinTag: (connectionId, opportunityId, tag) => {
      const kept = keptOf(connectionId, opportunityId);
      kept.pinned.add(tag);
      setTags(kept, [...kept.opportunity.tags, tag]);
    },
    // Archiving bumps `lastAdvancedAt` in Lever too (`lever-api.md` §4.1).
    archive: (connectionId, opportunityId) =>
      change(connectionId, opportunityId, { isArchived: true, lastAdvancedAt: now() }),
    remove: (connectionId, opportunityId) => {
      worldOf(connectionId).kept.delete(opportunityId);
    },
    makeConfidential: (connectionId, opportunityId) => {
      keptOf(connectionId, opportunityId).isConfidential = true;
    },
    revoke: (connectionId) => {
      worldOf(connectionId).isRevoked = true;
    },
    reconnect: (connectionId) => {
      worldOf(connectionId).isRevoked = false;
    },
    opportunity: (connectionId, opportunityId) => keptOf(connectionId, opportunityId).opportunity,
    notes: (connectionId, opportunityId) => [...keptOf(connectionId, opportunityId).notes],
    fail: (error, plan = {}) => {
      failures.push({ error, plan });
    },
  };
};
