import type { Connection } from '../src/connection.ts';
import type { OpportunityId } from '../src/ids.ts';
import { type CheckStatus, type statuses, unrecognisedStatus } from '../src/status/check-status.ts';
import { isStatusTag } from '../src/status/status-tag.ts';
import { createEngine, type Engine, start } from './engine.ts';

/** Something that happens to one candidate, from beginning to end, and how it must end however often the process dies. */
export interface Story {
  readonly title: string;
  readonly connection?: Partial<Connection>;
  /** Adds the candidate and lets everything happen. */
  readonly play: (engine: Engine, candidate: OpportunityId) => Promise<void>;
  readonly ending: Ending;
  /** How else it may end where the process died once. */
  readonly endingsAfterCrash?: readonly Partial<Ending>[];
}

/** What people see at the end, and what was paid for. */
export interface Ending {
  readonly orders: number;
  readonly checks: readonly string[];
  readonly statusTags: readonly string[];
  readonly notes: readonly string[];
  readonly incidents: readonly string[];
}

const minute = 60_000;
const hour = 60 * minute;
const personsNote = 'Turn ID is not known to me';
const personsTag = 'Turn Status: to be asked';

/** A candidate in front of the trigger stage, with a note and a tag of a person's. */
const addCandidate = async (engine: Engine): Promise<OpportunityId> => {
  const id = engine.addCandidate({ tags: [personsTag, 'TurnPackage:P0000000001:Standard'] });
  const note = { text: personsNote, isSecret: false, notifyFollowers: false };
  await engine.ats.writeNote(engine.connectionId, id, note);
  return id;
};

/** Turn's check moves on, and its webhook says so. Nothing where nothing was ordered. */
const moveCheck = async (engine: Engine, status: keyof typeof statuses | CheckStatus): Promise<void> => {
  const workerId = engine.checkProvider.orders[0]?.workerId;
  if (workerId === undefined) return;
  engine.checkProvider.advance(workerId, status);
  await engine.hearTurn(workerId);
  await engine.runFor(20 * minute);
};

/** The second one makes good what a crash left of the first. */
const sweepTwice = async (engine: Engine): Promise<void> => {
  for (let sweep = 0; sweep < 2; sweep += 1) {
    await engine.sweep();
    await engine.runFor(15 * minute);
  }
};

/** Reads the ending off the fakes. Notes by their first words; what is not ours must be there and is left out. */
const endingOf = async (engine: Engine, candidate: OpportunityId): Promise<Ending> => {
  const { connectionId } = engine;
  const { tags } = engine.ats.opportunity(connectionId, candidate);
  const notes = engine.ats.notes(connectionId, candidate).map(({ text }) => text);
  if (!tags.includes(personsTag) || notes[0] !== personsNote)
    throw new Error('A person’s tag or note is gone.');
  const incidents = await engine.incidents.listOpen(connectionId);
  return {
    orders: engine.checkProvider.orders.length,
    checks: engine.checks
      .all()
      .map(
        ({ orderNumber, phase, hold }) => `${orderNumber} ${phase}${hold === null ? '' : ` ${hold.reason}`}`,
      )
      .sort(),
    statusTags: tags.filter(isStatusTag),
    notes: notes.slice(1).map((text) => text.split(/[.:]/u)[0] ?? ''),
    incidents: incidents.map(({ kind }) => kind).sort(),
  };
};

const turnIdNote = 'Turn background check ordered';
const reportNote = 'Turn background check report';
const heldNote = 'Turn background check not ordered';

/** Every story. */
export const stories: readonly Story[] = [
  {
    title: 'a check is ordered and goes on to Consider and Clear',
    play: async (engine, candidate) => {
      await engine.moveCandidate(candidate);
      await engine.runFor(20 * minute);
      for (const status of ['processing', 'consider', 'clear'] as const) await moveCheck(engine, status);
    },
    ending: {
      orders: 1,
      checks: ['1 ordered'],
      statusTags: ['TurnStatus:Clear'],
      notes: [turnIdNote, reportNote],
      incidents: [],
    },
  },
  {
    title: 'Turn says a word that nobody knows',
    play: async (engine, candidate) => {
      await engine.moveCandidate(candidate);
      await engine.runFor(20 * minute);
      await moveCheck(engine, unrecognisedStatus('foo__bar', null));
    },
    ending: {
      orders: 1,
      checks: ['1 ordered'],
      statusTags: ['TurnStatus:Foo Bar'],
      notes: [turnIdNote],
      incidents: ['status-unrecognised'],
    },
  },
  {
    title: 'an e-mail address is missing at first',
    play: async (engine, candidate) => {
      const { ats, connectionId } = engine;
      ats.change(connectionId, candidate, { emails: [] });
      await engine.moveCandidate(candidate);
      await engine.runFor(20 * minute);
      ats.change(connectionId, candidate, { emails: ['ada@example.com'] });
      await sweepTwice(engine);
    },
    ending: {
      orders: 1,
      checks: ['1 ordered'],
      statusTags: ['TurnStatus:Emailed'],
      notes: [turnIdNote],
      incidents: [],
    },
  },
  {
    title: 'Turn refuses a package that its list did not name',
    connection: { packages: { packages: null, readAt: start } },
    play: async (engine, candidate) => {
      engine.checkProvider.setPackages(engine.connectionId, []);
      await engine.moveCandidate(candidate);
      await engine.runFor(20 * minute);
    },
    ending: {
      orders: 0,
      checks: ['1 held held.turn_rejected'],
      statusTags: ['TurnStatus:Error'],
      notes: [heldNote],
      incidents: [],
    },
  },
  {
    title: 'Lever’s grant was revoked',
    play: async (engine, candidate) => {
      await engine.moveCandidate(candidate);
      engine.ats.revoke(engine.connectionId);
      await engine.runFor(20 * minute);
    },
    ending: {
      orders: 0,
      checks: ['1 held held.disconnected'],
      statusTags: [],
      notes: [],
      incidents: ['lever-reconnect-needed'],
    },
  },
  {
    title: 'Turn’s token died just before the order, and is replaced',
    play: async (engine, candidate) => {
      const { checkProvider, connections, connectionId } = engine;
      // What died between claim and post is not posted again.
      const order = { method: 'checkProvider.order', moment: 'before', mayBeMissed: true } as const;
      engine.interruptions.at(order, () => checkProvider.revoke(connectionId));
      await engine.moveCandidate(candidate);
      await engine.runFor(20 * minute);
      checkProvider.reconnect(connectionId);
      connections.change(connectionId, { turn: 'working' });
      await sweepTwice(engine);
    },
    ending: {
      orders: 1,
      checks: ['1 ordered'],
      statusTags: ['TurnStatus:Emailed'],
      notes: [turnIdNote],
      incidents: ['turn-reconnect-needed'],
    },
  },
  {
    title: 'Turn is busy, then carries the order out',
    play: async (engine, candidate) => {
      for (let order = 0; order < 2; order += 1) {
        const outcome = { kind: 'not-carried-out', retryAfter: 5 * minute } as const;
        engine.checkProvider.orderOutcomeNext(outcome, { committed: false });
      }
      await engine.moveCandidate(candidate);
      await engine.runFor(20 * minute);
    },
    ending: {
      orders: 1,
      checks: ['1 ordered'],
      statusTags: ['TurnStatus:Emailed'],
      notes: [turnIdNote],
      incidents: [],
    },
  },
  {
    title: 'Turn’s answer is lost, and the order shows up late',
    play: async (engine, candidate) => {
      engine.checkProvider.orderOutcomeNext({ kind: 'unknown' }, { committed: false });
      await engine.moveCandidate(candidate);
      await engine.runFor(10 * minute);
      engine.checkProvider.addCheck(engine.connectionId, `lever-production-${candidate}-1`);
      await engine.runFor(20 * minute);
    },
    ending: {
      orders: 0,
      checks: ['1 ordered'],
      statusTags: ['TurnStatus:Emailed'],
      notes: [turnIdNote],
      incidents: [],
    },
  },
  {
    title: 'the webhook is lost, and a sweep finds the candidate in a stage known by name only',
    connection: { triggerStage: { kind: 'unresolved', name: 'reference check' } },
    play: async (engine, candidate) => {
      await engine.moveCandidate(candidate, { isHeard: false });
      engine.advance(5 * minute);
      await sweepTwice(engine);
    },
    ending: {
      orders: 1,
      checks: ['1 ordered'],
      statusTags: ['TurnStatus:Emailed'],
      notes: [turnIdNote],
      incidents: ['missed-by-webhook'],
    },
  },
  {
    title: 'a restored backup forgot two orders that Lever and Turn remember',
    play: async (engine, candidate) => {
      const { ats, checkProvider, connectionId } = engine;
      ats.setTags(connectionId, candidate, [personsTag, 'TurnStatus:Emailed']);
      for (const orderNumber of [1, 2]) {
        const workerId = checkProvider.addCheck(connectionId, `lever-production-${candidate}-${orderNumber}`);
        if (orderNumber === 1) checkProvider.advance(workerId, 'clear');
        checkProvider.setReportUrl(workerId, { kind: 'absent' });
      }
      await sweepTwice(engine);
    },
    ending: {
      orders: 0,
      checks: ['1 ordered', '2 ordered'],
      statusTags: ['TurnStatus:Emailed'],
      notes: [turnIdNote, turnIdNote],
      incidents: ['check-adopted', 'check-adopted'],
    },
    // The newest is adopted first. The older one is settled, and nobody waits for it.
    endingsAfterCrash: [
      { checks: ['2 ordered'], notes: [turnIdNote], incidents: ['check-adopted'] },
      { checks: ['1 ready', '2 ordered'], notes: [turnIdNote], incidents: ['check-adopted'] },
      { checks: ['1 ready', '2 ordered'], notes: [turnIdNote] },
    ],
  },
];

/** Plays a story on an engine of its own, with whatever is to go wrong planned beforehand. */
export const tell = async (
  { connection, play }: Story,
  prepare: (engine: Engine) => void = () => undefined,
): Promise<{ readonly engine: Engine; readonly ending: Ending }> => {
  // Polling is slow where Turn's webhook was seen: fewer calls to die at.
  const engine = createEngine({ connection: { turnWebhookSeenAt: start, ...connection } });
  const candidate = await addCandidate(engine);
  prepare(engine);
  await play(engine, candidate);
  await engine.runFor(3 * hour, 10 * minute);
  return { engine, ending: await endingOf(engine, candidate) };
};
