import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OpportunityId } from '../src/ids.ts';
import { isStatusTag } from '../src/status/status-tag.ts';
import { applicantStage } from '../testing/an-opportunity.ts';
import { createEngine, type Engine } from './engine.ts';

const minute = 60_000;
const turnIdNote = 'Turn background check ordered';

type Beginning = (engine: Engine, candidate: OpportunityId) => Promise<void>;

const dueWebhook: Beginning = async (engine, candidate) => {
  await engine.moveCandidate(candidate);
  engine.advance(5 * minute);
};

const lostWebhook: Beginning = async (engine, candidate) => {
  await engine.moveCandidate(candidate, { isHeard: false });
  engine.advance(5 * minute);
};

/** The check is held and due for a sync, and its cause is gone. */
const heldAndCured: Beginning = async (engine, candidate) => {
  const { ats, connectionId } = engine;
  ats.change(connectionId, candidate, { emails: [] });
  await dueWebhook(engine, candidate);
  for (const id of engine.inbox.dueIds()) await engine.processDelivery(id);
  ats.change(connectionId, candidate, { emails: ['ada@example.com'] });
};

/** How things stand for a candidate in the stage when everything begins to happen at once. */
const beginnings: Readonly<Record<string, Beginning>> = {
  'a webhook is due': dueWebhook,
  'no webhook came': lostWebhook,
  'the candidate was held, and the cause is gone': heldAndCured,
};

/** Works on whatever is due, as one of several workers does. */
const work = async (engine: Engine): Promise<void> => {
  for (let round = 0; round < 3; round += 1) {
    const deliveries = engine.inbox.dueIds();
    const syncs = engine.checks.dueIds();
    await Promise.all([
      ...deliveries.map((id) => engine.processDelivery(id)),
      ...syncs.map((id) => engine.syncCheck(id)),
    ]);
  }
};

/** Lets everything happen at once, in an order that the scheduler picks, and then lets three hours pass. */
const race = async (scheduler: fc.Scheduler, begin: Beginning, other: Beginning = async () => undefined) => {
  let isRacing = false;
  const engine = createEngine({
    pace: (call) => (isRacing ? scheduler.schedule(Promise.resolve(), call) : Promise.resolve()),
  });
  const candidate = engine.addCandidate();
  await begin(engine, candidate);
  isRacing = true;
  const everything = [
    () => work(engine),
    () => work(engine),
    () => engine.sweep(),
    () => engine.sweep(),
    () => engine.hear({ opportunityId: candidate }, 'late-token'),
    () => engine.hear({ opportunityId: candidate }, 'late-token'),
    () => other(engine, candidate),
  ];
  await scheduler.waitFor(Promise.all(everything.map((act) => act())));
  isRacing = false;
  await engine.run();
  return { engine, candidate };
};

/** Lets three hours pass, and reads what Lever shows. Notes by their first words. */
const ending = async ({
  engine,
  candidate,
}: {
  readonly engine: Engine;
  readonly candidate: OpportunityId;
}) => {
  await engine.runFor(3 * 60 * minute, 10 * minute);
  return shownNow(engine, candidate);
};

const shownNow = ({ ats, connectionId }: Engine, candidate: OpportunityId) => ({
  statusTags: ats.opportunity(connectionId, candidate).tags.filter(isStatusTag),
  notes: ats.notes(connectionId, candidate).map(({ text }) => text.split(/[.:]/u)[0]),
});

const shownAsOrdered = { statusTags: ['TurnStatus:Emailed'], notes: [turnIdNote] };

test.each(Object.entries(beginnings))(
  '%s: workers, sweeps and webhooks at once order once',
  async (_title, begin) => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const raced = await race(scheduler, begin);
        expect(await ending(raced)).toEqual(shownAsOrdered);
        expect(raced.engine.checks.all()).toMatchObject([{ phase: 'ordered', orderNumber: 1 }]);
        expect(raced.engine.checkProvider.orders).toHaveLength(1);
      }),
      { numRuns: 15 },
    );
  },
);

test('an order that a restored backup forgot is adopted once, whoever finds it', async () => {
  const begin: Beginning = async (engine, candidate) => {
    const { ats, checkProvider, connectionId } = engine;
    await heldAndCured(engine, candidate);
    checkProvider.addCheck(connectionId, `lever-production-${candidate}-1`);
    ats.setTags(connectionId, candidate, ['TurnStatus:Emailed']);
    const text = `${turnIdNote}. Turn ID: C0000000001`;
    await ats.writeNote(connectionId, candidate, { text, isSecret: false, notifyFollowers: false });
  };
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const raced = await race(scheduler, begin);
      expect(await ending(raced)).toEqual(shownAsOrdered);
      expect(raced.engine.checkProvider.orders).toEqual([]);
    }),
    { numRuns: 15 },
  );
});

test('a candidate who moves on meanwhile is ordered for or not, and Lever shows which', async () => {
  const anyBeginning = fc.constantFrom(...Object.values(beginnings));
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), anyBeginning, async (scheduler, begin) => {
      const raced = await race(scheduler, begin, async (engine, candidate) => {
        await scheduler.schedule(Promise.resolve(), 'the candidate moves on');
        await engine.moveCandidate(candidate, { stageId: applicantStage });
      });
      const shown = await ending(raced);
      const ordered = raced.engine.checks.all().filter(({ phase }) => phase === 'ordered').length;
      expect(raced.engine.checkProvider.orders).toHaveLength(ordered);
      expect(shown).toEqual(ordered === 1 ? shownAsOrdered : { notes: [], statusTags: [] });
    }),
    { numRuns: 15 },
  );
});

test('Turn’s words while everything runs are followed at once, to the last of its states', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const { engine, candidate } = await race(scheduler, dueWebhook, async ({ checkProvider, hearTurn }) => {
        while (checkProvider.orders.length === 0) await scheduler.schedule(Promise.resolve(), 'Turn waits');
        for (const { workerId } of checkProvider.orders) {
          for (const status of ['processing', 'consider'] as const) {
            await scheduler.schedule(Promise.resolve(), `Turn: ${status}`);
            checkProvider.advance(workerId, status);
            await hearTurn(workerId);
          }
        }
      });
      expect(shownNow(engine, candidate)).toEqual({
        statusTags: ['TurnStatus:Consider'],
        notes: [turnIdNote, 'Turn background check report'],
      });
    }),
    { numRuns: 15 },
  );
});
