import { describe, expect, test } from 'vitest';
import type { Happening } from '../src/delivery.ts';
import type { CorrelationId, OpportunityId, StageId } from '../src/ids.ts';
import { PortError } from '../src/ports/port-error.ts';
import type { LeverMessage } from '../src/use-cases/admit-delivery.ts';
import { referenceCheckStage } from '../testing/an-opportunity.ts';
import { createEngine, type Engine, start } from './engine.ts';

const hour = 3_600_000;
const day = 24 * hour;
const opportunityId = 'opportunity-1' as OpportunityId;
const ourToken = 'signature-token-of-connection-1';

const happening: Happening = {
  event: 'candidateStageChange',
  opportunityId,
  contactId: null,
  toStageId: referenceCheckStage,
  triggeredAt: start,
};
const event: LeverMessage = { kind: 'event', token: 'token-1', contentDigest: 'digest-1', happening };
const ping: LeverMessage = { ...event, kind: 'ping', happening: { ...happening, opportunityId: null } };

interface Request {
  readonly message?: LeverMessage | null;
  readonly key?: string;
  /** The signature token that signed it; null: none of ours. */
  readonly signedWith?: string | null;
  readonly mayCount?: boolean;
}

const admit = async (
  engine: Engine,
  { message = event, key, signedWith = ourToken, mayCount = true }: Request = {},
) =>
  (
    await engine.admitDelivery({
      key: key ?? `lever-key-of-${engine.connectionId}`.padEnd(43, '_'),
      message,
      isSignedBy: (tokens) => signedWith !== null && tokens.includes(signedWith),
      correlationId: 'correlation-of-the-request' as CorrelationId,
      mayCount: async () => mayCount,
    })
  ).admission;

/** A connection whose signature token was never saved. */
const withoutSecret = async () => {
  const engine = createEngine();
  await engine.connections.disconnect(engine.connectionId, engine.now());
  engine.connections.change(engine.connectionId, { disconnectedAt: null });
  return engine;
};

const counters = (engine: Engine) => engine.connections.readCounters(engine.connectionId);

describe('a genuine event', () => {
  test('is stored, to be decided when the wait is over', async () => {
    const engine = createEngine();
    engine.advance(5000);
    expect(await admit(engine)).toBe('stored');
    expect(engine.inbox.deliveries()).toMatchObject([
      {
        connectionId: engine.connectionId,
        source: 'webhook',
        key: 'token-1',
        happening,
        correlationId: 'correlation-of-the-request',
        receivedAt: start + 5000,
        dueAt: start + 35_000,
        ignored: null,
        foundTogether: 1,
      },
    ]);
  });

  test.each<[string, Partial<Happening>]>([
    ['ignored.event_type', { event: 'applicationCreated' }],
    ['ignored.no_opportunity', { opportunityId: null }],
    ['ignored.not_trigger_stage', { toStageId: 'offer' as StageId }],
  ])('that cannot matter is stored as %s and never due', async (ignored, given) => {
    const engine = createEngine();
    const message = { ...event, happening: { ...happening, ...given } };
    expect(await admit(engine, { message })).toBe('stored');
    expect(engine.inbox.deliveries()).toMatchObject([{ ignored, dueAt: null }]);
    await engine.runFor(hour);
    expect([...engine.ats.journal, ...engine.checkProvider.journal]).toEqual([]);
  });

  test('that comes again is counted, not stored', async () => {
    const engine = createEngine();
    await admit(engine);
    expect(await admit(engine)).toBe('duplicate');
    expect(engine.inbox.deliveries()).toMatchObject([{ count: 2 }]);
    expect(await engine.incidents.listOpen(engine.connectionId)).toEqual([]);
  });

  test('whose key came before with other content is stored, and people are told', async () => {
    const engine = createEngine();
    await admit(engine);
    expect(await admit(engine, { message: { ...event, contentDigest: 'digest-2' } })).toBe('stored');
    expect(engine.inbox.deliveries()).toHaveLength(2);
    expect(await engine.incidents.listOpen(engine.connectionId)).toMatchObject([
      { kind: 'delivery-key-reused', subject: 'correlation-of-the-request' },
    ]);
  });

  test.each([
    ['a day ahead', day, 'stored'],
    ['further ahead', day + 1, 'refused'],
    ['a year old', -365 * day, 'stored'],
  ])('dated %s is %s', async (_title, offset, expected) => {
    const engine = createEngine();
    const message = { ...event, happening: { ...happening, triggeredAt: start + offset } };
    expect(await admit(engine, { message })).toBe(expected);
    expect((await counters(engine)).refused).toEqual(expected === 'refused' ? { 'rejected.clock': 1 } : {});
  });

  test('that cannot be stored is not answered', async () => {
    const engine = createEngine();
    const outage = new PortError('unavailable', 'The inbox is full.');
    engine.interruptions.fail({ method: 'inbox.receive', moment: 'before' }, outage);
    await expect(admit(engine)).rejects.toBe(outage);
    expect(await admit(engine)).toBe('stored');
  });
});

describe('a signature', () => {
  test('by an earlier token counts until that lapses', async () => {
    const engine = createEngine();
    engine.connections.addSignatureToken(engine.connectionId, 'earlier', start + hour);
    expect(await admit(engine, { signedWith: 'earlier' })).toBe('stored');
    engine.advance(hour);
    expect(await admit(engine, { signedWith: 'earlier', message: { ...event, token: 'token-2' } })).toBe(
      'refused',
    );
  });

  test('that fits a token saved a moment ago is found by reading afresh', async () => {
    const engine = createEngine();
    engine.interruptions.at({ method: 'connections.leverEntrance', call: 2, moment: 'before' }, () =>
      engine.connections.addSignatureToken(engine.connectionId, 'brand-new', null),
    );
    expect(await admit(engine, { signedWith: 'brand-new' })).toBe('stored');
  });

  test('that fits is believed without reading afresh', async () => {
    const engine = createEngine();
    await admit(engine);
    expect(engine.interruptions.calls).toEqual(['connections.leverEntrance', 'inbox.receive']);
  });

  test.each([
    ['an event', event],
    ['a ping', ping],
  ])('that fits no token: %s is refused and counted', async (_title, message) => {
    const engine = createEngine();
    expect(await admit(engine, { message, signedWith: null })).toBe('refused');
    expect(await counters(engine)).toMatchObject({
      pings: 0,
      refused: { 'rejected.signature': 1 },
      samples: [{ reason: 'rejected.signature', at: start }],
    });
    expect(engine.inbox.deliveries()).toEqual([]);
  });
});

describe('before a secret is saved', () => {
  test('a ping is answered and counted', async () => {
    const engine = await withoutSecret();
    expect(await admit(engine, { message: ping, signedWith: null })).toBe('ping');
    expect(await counters(engine)).toMatchObject({ pings: 1, refused: {} });
  });

  test('an event is put off and counted, not stored', async () => {
    const engine = await withoutSecret();
    expect(await admit(engine, { signedWith: null })).toBe('not-yet');
    expect((await counters(engine)).refused).toEqual({ 'rejected.no_secret': 1 });
    expect(engine.inbox.deliveries()).toEqual([]);
  });
});

describe('while a webhook of ours is being created', () => {
  test('a ping that cannot be verified yet is answered', async () => {
    const engine = createEngine();
    engine.connections.setCreatingWebhook(engine.connectionId, true);
    expect(await admit(engine, { message: ping, signedWith: null })).toBe('ping');
  });

  test('an event that cannot be verified is refused all the same', async () => {
    const engine = createEngine();
    engine.connections.setCreatingWebhook(engine.connectionId, true);
    expect(await admit(engine, { signedWith: null })).toBe('refused');
  });
});

describe('what else comes to the door', () => {
  test('a signed ping is answered and counted, not stored', async () => {
    const engine = createEngine();
    expect(await admit(engine, { message: ping })).toBe('ping');
    expect((await counters(engine)).pings).toBe(1);
    expect(engine.inbox.deliveries()).toEqual([]);
  });

  test('beyond what may be counted a refusal leaves no trace, and a genuine event is stored', async () => {
    const engine = createEngine();
    expect(await admit(engine, { signedWith: null, mayCount: false })).toBe('flooded');
    expect(await admit(engine, { key: 'unknown', mayCount: false })).toBe('flooded');
    expect((await counters(engine)).refused).toEqual({});
    expect(await admit(engine, { mayCount: false })).toBe('stored');
  });

  test('an unknown key is refused, after as much work as a known one', async () => {
    const engine = createEngine();
    let comparisons = 0;
    const answer = await engine.admitDelivery({
      key: 'unknown',
      message: event,
      isSignedBy: () => {
        comparisons += 1;
        return true;
      },
      correlationId: 'correlation' as CorrelationId,
      mayCount: async () => true,
    });
    expect(answer).toEqual({ admission: 'refused', connectionId: null });
    expect(comparisons).toBe(1);
  });

  test.each<[string, LeverMessage | null]>([
    ['event', event],
    ['ping', ping],
    ['unreadable body', null],
  ])('for a disconnected connection every %s is told that it is gone', async (_title, message) => {
    const engine = createEngine();
    await engine.connections.disconnect(engine.connectionId, engine.now());
    expect(await admit(engine, { message })).toBe('gone');
    expect(await counters(engine)).toMatchObject({ pings: 0, refused: {} });
  });

  test('a body that could not be read is counted', async () => {
    const engine = createEngine();
    expect(await admit(engine, { message: null })).toBe('malformed');
    expect((await counters(engine)).refused).toEqual({ 'rejected.malformed': 1 });
  });
});
