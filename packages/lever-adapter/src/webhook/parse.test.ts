import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLeverDelivery } from './parse.ts';
import { signLeverDelivery } from './sign.ts';
import { verifyLeverSignature } from './verify.ts';

/** The stage change that Lever's documentation prints (lever-api.md §3.2): without `id`. */
const stageChange = {
  triggeredAt: 1431454330072,
  event: 'candidateStageChange',
  data: {
    opportunityId: '3410c8b9-5c31-4bab-b7e9-9f710206d647',
    candidateId: 'daeaa038-cddb-4d69-9b8c-74b6c23be3f3',
    contactId: '05c248f9-ccb1-435f-bab5-0ec608aec263',
    toStageId: '7c2690d8-6308-4ed9-ae2a-cbfe7db26593',
    fromStageId: '992f01a9-ee19-41d2-ae79-1040701b195c',
  },
  signature: '28e3fbb90ce869c3695c4a9559ff43eae998389a48b42c509d1adbeea0897c16',
  token: 'be58f711f349c7780e4579cd7c63341ac6f881e4dccc3154',
};

/** Reads a body that must be well-formed. */
const parsed = (json: unknown) => {
  const reading = parseLeverDelivery(json);
  if (reading.kind === 'malformed') throw new Error(`Expected a delivery; wrong: ${reading.problem}.`);
  return reading;
};

test('reads the stage change that Lever documents', () => {
  expect(parsed(stageChange)).toEqual({
    kind: 'event',
    token: stageChange.token,
    signature: stageChange.signature,
    triggeredAt: { text: '1431454330072', at: 1431454330072 },
    happening: {
      event: 'candidateStageChange',
      opportunityId: stageChange.data.opportunityId,
      contactId: stageChange.data.contactId,
      toStageId: stageChange.data.toStageId,
      triggeredAt: 1431454330072,
    },
    contentDigest: expect.stringMatching(/^[\w-]{43}$/),
  });
});

test('does not need the `id` of the field table, and does not mind it or any new field', () => {
  const same = parsed({ ...stageChange, id: 'an-event', somethingNew: { deep: [1] } });
  expect(same).toEqual(parsed(stageChange));
});

test('never reads the deprecated candidateId', () => {
  const { candidateId, ...data } = stageChange.data;
  expect(parsed({ ...stageChange, data })).toEqual(parsed(stageChange));
  expect(JSON.stringify(parsed(stageChange))).not.toContain(candidateId);
});

test('takes empty data for the ping, whatever its event', () => {
  for (const event of ['candidateHired', 'candidateStageChange']) {
    expect(parsed({ ...stageChange, event, data: {} })).toMatchObject({
      kind: 'ping',
      happening: { event, opportunityId: null, contactId: null, toStageId: null },
    });
  }
});

test('takes a stage change with other data but no opportunity for an event, not a ping', () => {
  expect(parsed({ ...stageChange, data: { interviewId: 'a' } })).toMatchObject({
    kind: 'event',
    happening: { opportunityId: null },
  });
});

test('takes stage ids that are slugs', () => {
  const data = { ...stageChange.data, toStageId: 'lead-new' };
  expect(parsed({ ...stageChange, data }).happening.toStageId).toBe('lead-new');
});

test('takes unknown events, cut to 100 characters', () => {
  expect(parsed({ ...stageChange, event: 'somethingElse' }).happening.event).toBe('somethingElse');
  expect(parsed({ ...stageChange, event: 'x'.repeat(500) }).happening.event).toBe('x'.repeat(100));
});

test('takes triggeredAt as a text of digits, signed exactly as it was sent', () => {
  expect(parsed({ ...stageChange, triggeredAt: '0001431454330072' }).triggeredAt).toEqual({
    text: '0001431454330072',
    at: 1431454330072,
  });
});

test('takes a signature of any type, or none: verifying it fails later', () => {
  const { signature: _, ...unsigned } = stageChange;
  expect(parsed(unsigned).signature).toBeUndefined();
  expect(parsed({ ...stageChange, signature: [1] }).signature).toEqual([1]);
});

describe('takes an id that is no usable text for absent', () => {
  test.each([[''], ['x'.repeat(201)], [42], [null], [['a']], [{}], ['a\0b'], ['\ud800']])('%j', (id) => {
    const data = { ...stageChange.data, opportunityId: id, contactId: id, toStageId: id };
    expect(parsed({ ...stageChange, data }).happening).toMatchObject({
      opportunityId: null,
      contactId: null,
      toStageId: null,
    });
  });
});

describe('calls malformed', () => {
  test.each([
    ['no object', null, 'body'],
    ['a list', [stageChange], 'body'],
    ['a text', 'candidateStageChange', 'body'],
    ['no token', { ...stageChange, token: undefined }, 'token'],
    ['an empty token', { ...stageChange, token: '' }, 'token'],
    ['a token of 201 characters', { ...stageChange, token: 'x'.repeat(201) }, 'token'],
    ['a token that Postgres cannot store', { ...stageChange, token: 'a\0b' }, 'token'],
    ['a token with half a surrogate pair', { ...stageChange, token: 'a\ud800' }, 'token'],
    ['a token that is a number', { ...stageChange, token: 42 }, 'token'],
    ['no event', { ...stageChange, event: undefined }, 'event'],
    ['an empty event', { ...stageChange, event: '' }, 'event'],
    ['no data', { ...stageChange, data: undefined }, 'data'],
    ['data that is null', { ...stageChange, data: null }, 'data'],
    ['data that is a list', { ...stageChange, data: [] }, 'data'],
  ])('%s', (_, json, problem) => {
    expect(parseLeverDelivery(json)).toEqual({ kind: 'malformed', problem });
  });

  test.each([
    [undefined],
    [null],
    [-1],
    [1.5],
    [1e308],
    [Number.NaN],
    [2 ** 53],
    ['9007199254740993'],
    ['12345678901234567'],
    ['-1'],
    ['1.5'],
    ['1e12'],
    [' 1'],
    ['1\n'],
    ['١٢'],
    [''],
    [true],
    [[1]],
    [{}],
  ])('triggeredAt %j', (triggeredAt) => {
    expect(parseLeverDelivery({ ...stageChange, triggeredAt })).toEqual({
      kind: 'malformed',
      problem: 'triggeredAt',
    });
  });
});

test('reads no property that the body does not have itself', () => {
  const borrowed = JSON.parse(`{"__proto__": ${JSON.stringify(stageChange)}}`);
  expect(parseLeverDelivery(borrowed)).toEqual({ kind: 'malformed', problem: 'token' });
  expect(parseLeverDelivery(Object.create(stageChange))).toEqual({ kind: 'malformed', problem: 'token' });
  const data = JSON.parse('{"__proto__": {"opportunityId": "a"}}');
  expect(parsed({ ...stageChange, data }).happening.opportunityId).toBeNull();
});

test('survives deep nesting', () => {
  const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
  expect(parsed({ ...stageChange, data: { ...stageChange.data, deep } }).kind).toBe('event');
  expect(parsed({ ...stageChange, data: { opportunityId: deep } }).happening.opportunityId).toBeNull();
  expect(parseLeverDelivery(deep).kind).toBe('malformed');
});

describe('the content digest', () => {
  const digest = (json: unknown): string => parsed(json).contentDigest;

  test('is the same for a repeat, whatever its signature, token or order of fields', () => {
    const reversed = Object.fromEntries(Object.entries(stageChange.data).reverse());
    const repeat = { ...stageChange, token: 'another', signature: null, data: reversed };
    expect(digest(repeat)).toBe(digest(stageChange));
  });

  test.each([
    ['event', { event: 'candidateHired' }],
    ['event, beyond what is shown', { event: 'candidateStageChange'.padEnd(101, 'x') }],
    ['triggeredAt', { triggeredAt: 1431454330073 }],
    ['opportunityId', { data: { ...stageChange.data, opportunityId: 'a' } }],
    ['contactId', { data: { ...stageChange.data, contactId: 'a' } }],
    ['toStageId', { data: { ...stageChange.data, toStageId: 'a' } }],
    ['fromStageId', { data: { ...stageChange.data, fromStageId: 'a' } }],
  ])('changes with %s', (_, change) => {
    expect(digest({ ...stageChange, ...change })).not.toBe(digest(stageChange));
  });

  test('does not mix up neighbouring fields', () => {
    const of = (opportunityId: string, contactId: string) =>
      digest({ ...stageChange, data: { opportunityId, contactId } });
    fc.assert(
      fc.property(fc.tuple(fc.string(), fc.string()), fc.tuple(fc.string(), fc.string()), (one, other) => {
        expect(of(...one) === of(...other)).toBe(one[0] === other[0] && one[1] === other[1]);
      }),
    );
    expect(of('a","b', 'c')).not.toBe(of('a', 'b","c'));
  });
});

test('never throws, whatever the body', () => {
  const almost = fc.record(
    {
      token: fc.oneof(fc.string(), fc.anything()),
      triggeredAt: fc.oneof(fc.nat(), fc.string(), fc.anything()),
      event: fc.oneof(fc.string({ unit: 'binary' }), fc.anything()),
      data: fc.oneof(fc.dictionary(fc.string(), fc.anything()), fc.anything()),
      signature: fc.anything(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.anything(), almost), (json) => {
      const reading = parseLeverDelivery(json);
      expect(['event', 'ping', 'malformed']).toContain(reading.kind);
    }),
    { numRuns: 500 },
  );
});

test('R29 what is signed is what is read: every delivery that Lever could send verifies', () => {
  const triggeredAt = fc.nat({ max: Number.MAX_SAFE_INTEGER });
  const token = fc.string({ minLength: 1, maxLength: 200, unit: fc.constantFrom(...'0123456789abcdef') });
  fc.assert(
    fc.property(token, triggeredAt, fc.boolean(), (given, at, isText) => {
      const signature = signLeverDelivery({ token: given, triggeredAtText: String(at) }, 'a-key');
      const body = { ...stageChange, token: given, triggeredAt: isText ? String(at) : at, signature };
      const reading = parsed(JSON.parse(JSON.stringify(body)));
      const part = { ...reading, triggeredAtText: reading.triggeredAt.text };
      expect(verifyLeverSignature(part, ['a-key'])).toBe(true);
    }),
  );
});

test('R29 the reading that is verified is the one that is used: any spelling of the same number and text, any Unicode beside it', () => {
  const spellings = (at: number): string[] => [
    `${at}`,
    `"${at}"`,
    `${at}.0`,
    `${at}e0`,
    `${at / 1000}e3`,
    `${JSON.stringify(String(at)).replaceAll('1', '\\u0031')}`,
  ];
  const escaped = (text: string): string =>
    [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  fc.assert(
    fc.property(
      fc.integer({ min: 1_000_000_000_000, max: 2_000_000_000_000 }),
      fc.nat({ max: 5 }),
      fc.string({ unit: 'binary' }),
      (at, spelling, beside) => {
        const signature = signLeverDelivery({ token: 'abc1', triggeredAtText: String(at) }, 'a-key');
        const json = `{"event":"candidateStageChange","triggeredAt":${spellings(at)[spelling]},"token":"${escaped('abc1')}",
          "data":{"opportunityId":"o-1","beside":${JSON.stringify(beside)}},"signature":"${signature}"}`;
        const reading = parsed(JSON.parse(json));
        expect(reading.triggeredAt.at).toBe(at);
        const part = { ...reading, triggeredAtText: reading.triggeredAt.text };
        expect(verifyLeverSignature(part, ['a-key'])).toBe(true);
        expect(verifyLeverSignature({ ...part, triggeredAtText: `0${at}` }, ['a-key'])).toBe(false);
      },
    ),
  );
});
