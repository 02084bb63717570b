import { describe, expect, it } from 'vitest';
import { type Heard, listeningState, nothingHeard } from './listening-state.ts';

const signed = (at: number, kind: 'ping' | 'event' = 'ping'): Heard => ({
  ...nothingHeard,
  lastSigned: { kind, at },
});
const refused = (at: number, reason = 'rejected.signature'): Heard => ({
  ...nothingHeard,
  lastRefused: { reason, at },
});

describe('listening for Lever', () => {
  it.each([
    ['nothing came', nothingHeard, nothingHeard, 'waiting'],
    ['a signed ping', signed(5), nothingHeard, 'heard'],
    ['a signed event', signed(5, 'event'), nothingHeard, 'heard'],
    ['only what had come before', signed(5), signed(5), 'waiting'],
    ['something newer than before', signed(6), signed(5), 'heard'],
    ['a refusal', refused(5), nothingHeard, 'refused'],
    ['a refusal from before', refused(5), refused(5), 'waiting'],
    ['a refusal after a signed one', { ...signed(5), ...refusedOnly(6) }, nothingHeard, 'refused'],
    ['a signed one after a refusal', { ...signed(7), ...refusedOnly(6) }, nothingHeard, 'heard'],
    ['an old refusal and a new signed one', { ...signed(7), ...refusedOnly(6) }, refused(6), 'heard'],
  ] as const)('%s', (_, heard, since, kind) => {
    expect(listeningState(heard, since).kind).toBe(kind);
  });

  it.each([
    ['rejected.no_secret', 'no Webhook Secret is saved yet'],
    ['rejected.signature', 'copied from another webhook'],
    ['rejected.clock', 'more than a day ahead'],
    ['rejected.malformed', 'not a message of Lever'],
    ['something new', 'could not be accepted'],
  ])('says the likely cause of %s', (reason, words) => {
    expect(listeningState(refused(5, reason), nothingHeard).text).toContain(words);
  });
});

function refusedOnly(at: number): Pick<Heard, 'lastRefused'> {
  return { lastRefused: { reason: 'rejected.signature', at } };
}
