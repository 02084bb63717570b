import { describe, expect, test } from 'vitest';
import { aConnection } from '../../testing/a-connection.ts';
import type { PackageId } from '../ids.ts';
import { defaultSettings } from '../settings.ts';
import { type SetupStep, setupChecklist } from './setup-checklist.ts';

type Given = Parameters<typeof setupChecklist>;
const nothing: Given[1] = {
  pings: 0,
  refused: {},
  lastSigned: null,
  createdWebhookIds: [],
  pastedSecret: null,
  settingsChangedAt: null,
};
const fresh = aConnection({
  lever: 'not-connected',
  turn: 'not-connected',
  triggerStage: { kind: 'unresolved', name: 'Reference Check' },
});
const doneOf = (connection: Given[0], state: Partial<Given[1]> = {}): readonly SetupStep[] =>
  setupChecklist(connection, { ...nothing, ...state })
    .filter(({ isDone }) => isDone)
    .map(({ step }) => step);
const secret = { endsIn: 'a1b2', savedBy: null, savedAt: 0, previousValidUntil: null };
const P1 = 'P0000000001' as PackageId;

describe('of a set-up is done', () => {
  test('nothing at first', () => {
    expect(doneOf(fresh)).toEqual([]);
  });

  test.each<readonly [string, readonly SetupStep[], Given[0], Partial<Given[1]>]>([
    ['authorizing', ['authorize'], { ...fresh, lever: 'working' }, {}],
    ['no authorizing that was revoked', [], { ...fresh, lever: 'reconnect-needed' }, {}],
    ['the webhook, where a ping came, signed or not', ['webhook'], fresh, { pings: 1 }],
    [
      'the webhook, where an event came before the secret',
      ['webhook'],
      fresh,
      { refused: { 'rejected.no_secret': 1 } },
    ],
    [
      'the webhook, where a signature was wrong',
      ['webhook'],
      fresh,
      { refused: { 'rejected.signature': 1 } },
    ],
    ['no webhook, where nonsense came', [], fresh, { refused: { 'rejected.malformed': 1 } }],
    ['webhook and secret, where we made it', ['webhook', 'secret'], fresh, { createdWebhookIds: ['w'] }],
    ['the secret, where one was pasted', ['secret'], fresh, { pastedSecret: secret }],
    ['a stage that somebody saved before Lever is connected', ['stage'], fresh, { settingsChangedAt: 1 }],
    [
      'no stage that Lever does not know',
      ['authorize'],
      { ...fresh, lever: 'working', triggerStage: { kind: 'missing', name: 'x' } },
      { settingsChangedAt: 1 },
    ],
    ['a stage that was found', ['stage'], { ...fresh, triggerStage: aConnection().triggerStage }, {}],
    ["Turn's own default", ['package'], { ...fresh, turn: 'working' }, {}],
    [
      'no package that the list does not have',
      [],
      {
        ...fresh,
        turn: 'working',
        settings: { ...defaultSettings, defaultPackageId: 'P9' as PackageId },
        packages: { packages: [{ id: P1, name: 'Standard' }], readAt: 0 },
      },
      {},
    ],
    [
      'a package of the list',
      ['package'],
      {
        ...fresh,
        turn: 'working',
        settings: { ...defaultSettings, defaultPackageId: P1 },
        packages: { packages: [{ id: P1, name: 'Standard' }], readAt: 0 },
      },
      {},
    ],
    [
      'the first event, where anything signed came',
      ['webhook', 'first-event'],
      fresh,
      { lastSigned: { kind: 'ping', at: 1 } },
    ],
  ])('%s', (_, steps, connection, state) => {
    expect(doneOf(connection, state)).toEqual(steps);
  });
});
