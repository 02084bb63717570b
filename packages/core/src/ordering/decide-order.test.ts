import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aConnection } from '../../testing/a-connection.ts';
import { noon, orderFacts } from '../../testing/order-facts.ts';
import type { PackageId, StageId } from '../ids.ts';
import { defaultSettings } from '../settings.ts';
import { statuses } from '../status/check-status.ts';
import type { KnownStatus } from '../status/status-transition.ts';
import { decideOrder } from './decide-order.ts';

const id = (text: string) => text as PackageId;
const trigger = 'stage-reference-check' as StageId;
const offer = 'offer' as StageId;
const second = 1000;
const hour = 3_600_000;
const leftAfter = (ms: number) => ({
  stageId: offer,
  stageChanges: [
    { toStageId: trigger, at: noon - hour },
    { toStageId: offer, at: noon - hour + ms },
  ],
});
const held = { orderNumber: 1, phase: 'held', dismissedAt: null, hold: null, status: null } as const;
const settings = (given: Partial<typeof defaultSettings>) =>
  aConnection({ settings: { ...defaultSettings, ...given } });
const settled = { status: statuses.clear } as KnownStatus;
type Given = Parameters<typeof orderFacts>[0];

describe('an order is due', () => {
  test('for a complete candidate who stands in the trigger stage', () => {
    expect(decideOrder(orderFacts())).toMatchObject({
      kind: 'order',
      enteredAt: noon - 30 * second,
      invalidTags: [],
      request: {
        packageId: null,
        firstName: 'Ada',
        lastName: 'Example',
        email: 'ada@example.com',
        phone: null,
      },
    });
  });

  test.each<[string, Given, object]>([
    [
      'with the package of the tag',
      { candidate: { tags: ['TurnPackage:P1:Standard'] } },
      { request: { packageId: 'P1' } },
    ],
    [
      'with the default of the settings',
      { connection: settings({ defaultPackageId: id('P2') }) },
      { request: { packageId: 'P2' } },
    ],
    [
      'with the default and a warning for an invalid tag',
      { candidate: { tags: ['TurnPackage:P1'] } },
      { invalidTags: ['TurnPackage:P1'] },
    ],
    [
      'with the first phone that is valid',
      { candidate: { phones: ['12025550100', '12025550101'] } },
      { request: { phone: '12025550100' } },
    ],
    [
      'under the next number, where a person asks and the last check is settled',
      { existing: { ...held, phase: 'ordered', status: settled }, orderNumber: 2, source: 'person' },
      { kind: 'order' },
    ],
    ['again, where it was held and the cause is gone', { existing: held }, { kind: 'order' }],
    [
      'to go on with, where a crash left it ready',
      { existing: { ...held, phase: 'ready' }, ordersInLastHour: 49 },
      { kind: 'order' },
    ],
    ['after a cancellation and a new entry', { turnedDownAt: noon - 60 * second }, { kind: 'order' }],
    [
      'after a dismissal and a new entry',
      { existing: { ...held, phase: 'dismissed', dismissedAt: noon - 60 * second } },
      { kind: 'order' },
    ],
    ['for a person of another package', { openElsewhere: [id('P1')] }, { kind: 'order' }],
    [
      'late, where a person says so',
      { candidate: leftAfter(hour / 2), waivers: ['left-stage', 'backlog'] },
      { kind: 'order' },
    ],
    [
      'for the backlog, where a person says so',
      { now: noon + 48 * hour, waivers: ['backlog'] },
      { kind: 'order' },
    ],
    [
      'beyond the limit, where a person releases it',
      { ordersInLastHour: 50, waivers: ['bulk'] },
      { kind: 'order' },
    ],
    [
      'for the same person, where a person says so',
      { openElsewhere: [null], waivers: ['same-person'] },
      { kind: 'order' },
    ],
  ])('%s', (_title, given, expected) =>
    expect(decideOrder(orderFacts(given))).toMatchObject({ kind: 'order', ...expected }),
  );
});

describe('nothing is ordered, and nobody need act', () => {
  test.each<[string, string, Given]>([
    ['ignored.already_ordered', 'an order exists', { existing: { ...held, phase: 'ordered' } }],
    [
      'ignored.already_ordered',
      'a person asks for the next one while the last is open',
      { existing: { ...held, phase: 'ordered' }, orderNumber: 2, source: 'person' },
    ],
    [
      'ignored.already_ordered',
      'a person asked for a number that was ordered since',
      { existing: { ...held, phase: 'ordered', status: settled, orderNumber: 2 }, orderNumber: 2 },
    ],
    ['ignored.already_ordered', 'an order is on its way', { existing: { ...held, phase: 'sending' } }],
    ['ignored.already_ordered', 'an order’s answer was lost', { existing: { ...held, phase: 'unknown' } }],
    [
      'ignored.already_ordered',
      'an order exists, even while paused',
      { existing: { ...held, phase: 'ordered' }, connection: aConnection({ pausedAt: 1 }) },
    ],
    ['ignored.deleted', 'Lever knows no such candidate', { reading: { kind: 'gone' } }],
    ['ignored.confidential', 'Lever does not show the candidate', { reading: { kind: 'no-access' } }],
    ['ignored.archived', 'the candidate is archived', { candidate: { isArchived: true } }],
    ['ignored.anonymised', 'the candidate is anonymised', { candidate: { isAnonymised: true } }],
    ['ignored.no_contact', 'the candidate must not be contacted', { candidate: { mayBeContacted: false } }],
    [
      'ignored.not_trigger_stage',
      'the candidate never was in the stage',
      { candidate: { stageId: offer, stageChanges: [] } },
    ],
    ['ignored.left_stage', 'the candidate left within 30 s', { candidate: leftAfter(30 * second) }],
    [
      'ignored.left_stage',
      'the candidate left within a longer wait',
      { candidate: leftAfter(100 * second), connection: settings({ waitBeforeOrdering: 120 }) },
    ],
    [
      'ignored.before_connect',
      'a sweep finds who stood there before',
      { source: 'sweep', connection: aConnection({ orderingSince: noon }) },
    ],
    [
      'ignored.dismissed',
      'a person cancelled or discarded this very entry, and Lever says it late',
      { turnedDownAt: noon },
    ],
    [
      'ignored.dismissed',
      'a person dismissed this very entry',
      { existing: { ...held, phase: 'dismissed', dismissedAt: noon } },
    ],
  ])('%s: %s', (reason, _title, given) => {
    expect(decideOrder(orderFacts(given))).toMatchObject({ kind: 'ignore', reason });
  });
});

describe('an order is held', () => {
  const two = ['TurnPackage:P1:A', 'TurnPackage:P2:B'];
  test.each<[string, string, Given]>([
    ['held.paused', 'ordering is paused', { connection: aConnection({ pausedAt: noon }) }],
    [
      'held.disconnected',
      'Lever’s grant is dead',
      { connection: aConnection({ lever: 'reconnect-needed' }) },
    ],
    [
      'held.disconnected',
      'nobody has authorized Lever yet',
      { connection: aConnection({ lever: 'not-connected' }) },
    ],
    ['held.disconnected', 'no token of Turn yet', { connection: aConnection({ turn: 'not-connected' }) }],
    ['held.disconnected', 'Turn’s token is dead', { connection: aConnection({ turn: 'reconnect-needed' }) }],
    [
      'held.config',
      'the trigger stage vanished',
      { connection: aConnection({ triggerStage: { kind: 'missing', name: 'X', lastId: trigger } }) },
    ],
    [
      'held.config',
      'two stages carry the name',
      { connection: aConnection({ triggerStage: { kind: 'ambiguous', name: 'X', ids: [trigger] } }) },
    ],
    [
      'held.config',
      'the default package is no longer listed',
      {
        connection: settings({ defaultPackageId: id('P9') }),
        packages: { kind: 'listed', packages: [{ id: id('P1'), name: 'A' }] },
      },
    ],
    [
      'held.left_stage',
      'the candidate left after we should have looked',
      { candidate: leftAfter(31 * second) },
    ],
    ['held.left_stage', 'a held candidate moved on', { candidate: leftAfter(second), existing: held }],
    ['held.backlog', 'the entry is older than a day', { now: noon + 24 * hour }],
    [
      'held.backlog',
      'the entry is older than the resume',
      { connection: aConnection({ orderingSince: noon }) },
    ],
    [
      'held.backlog',
      'it was held while paused',
      { connection: aConnection({ orderingSince: noon }), source: 'sweep', existing: held },
    ],
    ['held.backlog', 'a sweep found more than 20', { source: 'sweep', foundTogether: 21 }],
    ['held.missing_data', 'there is no e-mail', { candidate: { emails: [] } }],
    ['held.missing_data', 'the name is one word', { candidate: { name: 'Ada' } }],
    ['held.package_unclear', 'two different packages are tagged', { candidate: { tags: two } }],
    [
      'held.package_unclear',
      'a tag is invalid and the setting says hold',
      { candidate: { tags: ['TurnPackage:P1'] }, connection: settings({ onInvalidPackageTag: 'hold' }) },
    ],
    [
      'held.packages_unavailable',
      'a tag cannot be compared with the list',
      { candidate: { tags: ['TurnPackage:P1:A'] }, packages: { kind: 'unavailable' } },
    ],
    ['held.same_person', 'the person has an open check of the package', { openElsewhere: [null] }],
    ['held.bulk', 'the hourly limit is reached', { ordersInLastHour: 50 }],
    [
      'held.bulk',
      'the hourly limit was reached since a crash left it ready',
      { existing: { ...held, phase: 'ready' }, ordersInLastHour: 50 },
    ],
    ['held.test_identity', 'production meets a test name', { candidate: { name: 'Darth Vader' } }],
    [
      'held.sandbox_person',
      'a sandbox meets a real name at a real Turn',
      { connection: aConnection({ environment: 'sandbox' }), turnIsLocal: false },
    ],
  ])('%s: %s', (reason, _title, given) => {
    expect(decideOrder(orderFacts(given))).toMatchObject({ kind: 'hold', reason });
  });

  test('nobody can waive that a sandbox invites no real person through a real Turn', () => {
    const given = { connection: aConnection({ environment: 'sandbox' }), turnIsLocal: false };
    const decision = decideOrder(orderFacts({ ...given, source: 'person', waivers: ['test-identity'] }));
    expect(decision).toMatchObject({ kind: 'hold', reason: 'held.sandbox_person' });
  });

  test('a sandbox orders a test name at a real Turn, and anybody at an emulator', () => {
    const sandbox = aConnection({ environment: 'sandbox' });
    expect(
      decideOrder(orderFacts({ connection: sandbox, turnIsLocal: false, candidate: { name: 'Darth Vader' } }))
        .kind,
    ).toBe('order');
    expect(decideOrder(orderFacts({ connection: sandbox, turnIsLocal: true })).kind).toBe('order');
  });

  test('what is missing is named, and nothing else of the person', () => {
    const decision = decideOrder(orderFacts({ candidate: { emails: [], name: 'Ada' } }));
    expect(decision).toMatchObject({ details: ['e-mail', 'first and last name'] });
    expect(JSON.stringify(decision)).not.toContain('Ada');
  });
});

describe('the trail of a decision', () => {
  test('holds each step with the values seen, up to the one that stopped it', () => {
    const { trail } = decideOrder(orderFacts({ candidate: { emails: [] } }));
    expect(trail.map(({ step }) => step)).toEqual([
      'existing order',
      'connection',
      'record in Lever',
      'trigger stage',
      'stage',
      'dismissed before',
      'recent entry',
      'may be contacted',
      'needed data',
    ]);
    expect(trail.at(-1)).toEqual({ step: 'needed data', seen: { missing: ['e-mail'] }, outcome: 'stop' });
  });

  test('shows a guard that a person waived', () => {
    const { trail } = decideOrder(orderFacts({ ordersInLastHour: 99, waivers: ['bulk'] }));
    expect(trail.at(-1)).toMatchObject({ step: 'hourly limit', outcome: 'waived' });
  });

  test('never holds the person', () => {
    const { trail } = decideOrder(orderFacts({ candidate: { phones: ['12025550100'] } }));
    expect(JSON.stringify(trail)).not.toMatch(/Ada|Example|ada@|2025550100/u);
  });
});

test('a decision never throws, whatever Lever says', () => {
  const text = fc.string({ maxLength: 20 });
  const candidate = fc.record({
    name: text,
    emails: fc.array(text, { maxLength: 3 }),
    phones: fc.array(text, { maxLength: 3 }),
    tags: fc.array(
      fc.oneof(
        text,
        text.map((rest) => `TurnPackage:${rest}`),
      ),
      { maxLength: 5 },
    ),
    stageId: fc.constantFrom(trigger, offer, null),
    stageChanges: fc.array(fc.record({ toStageId: fc.constantFrom(trigger, offer), at: fc.integer() }), {
      maxLength: 4,
    }),
    isArchived: fc.boolean(),
    isAnonymised: fc.boolean(),
    mayBeContacted: fc.boolean(),
    lastAdvancedAt: fc.option(fc.integer()),
  });
  fc.assert(
    fc.property(candidate, fc.nat(100), fc.nat(30), (given, ordersInLastHour, foundTogether) => {
      const decision = decideOrder(orderFacts({ candidate: given, ordersInLastHour, foundTogether }));
      expect(['order', 'hold', 'ignore']).toContain(decision.kind);
      expect(decision.trail.length).toBeGreaterThan(0);
    }),
  );
});
