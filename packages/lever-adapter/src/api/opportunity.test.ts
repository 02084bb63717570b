import { describe, expect, test } from 'vitest';
import { opportunitySchema, toOpportunity } from './opportunity.ts';

/** The shape of a recorded answer (lever-api.md §4.1) with invented values. */
const live = {
  id: '6408dc54-7015-4e5b-8d60-23afff2b1efc',
  name: 'Seed Candidate',
  contact: '997fd432-94f6-4613-9fa8-c3d5bd49600b',
  headline: 'Seed',
  stage: 'lead-reached-out',
  confidentiality: 'non-confidential',
  location: '',
  phones: [{ type: 'mobile', value: '(202) 555-0143' }],
  emails: ['seed@example.com'],
  links: [],
  archived: null as unknown,
  tags: ['Engineering', 'San Francisco, CA', 'Full-time'],
  sources: ['Referral'],
  stageChanges: [
    { toStageId: 'lead-new', toStageIndex: 0, updatedAt: 1782972986091 },
    { toStageId: 'lead-reached-out', toStageIndex: 1, updatedAt: 1782974004990, userId: '32bc4d3b' },
  ] as unknown[],
  origin: 'sourced',
  owner: null,
  followers: [],
  applications: [],
  createdAt: 1782972986091,
  updatedAt: null,
  lastAdvancedAt: 1782974004990,
  snoozedUntil: null as unknown,
  urls: {
    list: 'https://hire.lever.test/candidates',
    show: 'https://hire.lever.test/candidates/6408dc54',
  } as unknown,
  isAnonymized: false,
  dataProtection: null as unknown,
};

const read = (change: Readonly<Record<string, unknown>> = {}) =>
  toOpportunity(opportunitySchema.parse({ ...live, ...change }));
const isRefused = (change: Readonly<Record<string, unknown>>) =>
  !opportunitySchema.safeParse({ ...live, ...change }).success;

test('reads a live answer, whose updatedAt may be null and whose imported changes have no user', () => {
  expect(read()).toEqual({
    id: live.id,
    contactId: live.contact,
    name: 'Seed Candidate',
    emails: ['seed@example.com'],
    phones: ['12025550143'],
    tags: live.tags,
    stageId: 'lead-reached-out',
    stageChanges: [
      { toStageId: 'lead-new', at: 1782972986091 },
      { toStageId: 'lead-reached-out', at: 1782974004990 },
    ],
    isArchived: false,
    isAnonymised: false,
    mayBeContacted: true,
    createdAt: 1782972986091,
    lastAdvancedAt: 1782974004990,
    profileUrl: 'https://hire.lever.test/candidates/6408dc54',
  });
});

test('minds neither new fields nor missing ones; without createdAt an entry counts as ancient', () => {
  expect(read({ somethingNew: { deep: [] } })).toEqual(read());
  expect(toOpportunity(opportunitySchema.parse({ id: 'a' }))).toMatchObject({
    id: 'a',
    contactId: null,
    name: '',
    emails: [],
    tags: [],
    stageId: null,
    isArchived: false,
    mayBeContacted: true,
    createdAt: 0,
    profileUrl: null,
  });
});

test('knows an archived candidate by the live object and by the flat fields of the documentation', () => {
  const archivedAt = 1782973996415;
  expect(read({ archived: { reason: 'c97322d4', archivedAt } }).isArchived).toBe(true);
  expect(read({ archived: undefined, archivedAt, archiveReason: 'c97322d4' }).isArchived).toBe(true);
  expect(read({ archived: null, archivedAt: null }).isArchived).toBe(false);
});

test('takes a hired candidate, whose archive reason is of the type hired, for archived', () => {
  const archived = { reason: '0092d31b-502b-4f0d-b4da-3827e1a2991f', archivedAt: 1782973996415 };
  expect(read({ stage: 'offer', archived })).toMatchObject({ isArchived: true, stageId: 'offer' });
});

test('takes a snoozed candidate for an active one in the same stage', () => {
  expect(read({ snoozedUntil: 1893456000000 })).toEqual(read());
});

describe('whether the candidate may be contacted', () => {
  test.each([
    [null, true],
    [{}, true],
    [{ contact: null }, true],
    [{ contact: { allowed: true, expiresAt: null } }, true],
    [{ store: { allowed: false }, contact: { allowed: null } }, true],
    [{ contact: { allowed: false, expiresAt: null } }, false],
  ])('%j: %s', (dataProtection, expected) => {
    expect(read({ dataProtection }).mayBeContacted).toBe(expected);
  });
});

describe('refuses to guess a field that decides about an order:', () => {
  test.each([
    ['tags', 'TurnPackage:P0000000001:Basic'],
    ['tags', [{ text: 'TurnPackage:P0000000001:Basic' }]],
    ['stage', { id: 'offer' }],
    ['archived', 'yes'],
    ['isAnonymized', 'false'],
    ['dataProtection', { contact: { allowed: 'false' } }],
    ['id', 42],
    ['id', 'a\0'],
    ['id', 'a\ud800'],
    ['stage', 'offer\0'],
    ['contact', 'a\ud800'],
  ])('%s', (field, value) => {
    expect(isRefused({ [field]: value })).toBe(true);
  });
});

test('leaves out stage changes that name no stage or no time', () => {
  const changes = [null, {}, { toStageId: 'offer' }, { toStageId: '', updatedAt: 1 }, { updatedAt: 1 }];
  expect(read({ stageChanges: [...changes, { toStageId: 'offer', updatedAt: 2 }] }).stageChanges).toEqual([
    { toStageId: 'offer', at: 2 },
  ]);
});

test('takes e-mails trimmed and once each, and leaves out what cannot be one', () => {
  const emails = [' ada@example.com ', 'ADA@example.com', 'no address', 'a@b', '', null, 42, 'x@example.org'];
  expect(read({ emails }).emails).toEqual(['ada@example.com', 'x@example.org']);
});

test('leaves out of texts what Postgres refuses, and stage changes and e-mails that hold it', () => {
  const odd = {
    name: 'Ada\0 Example\ud800',
    tags: ['Turn\0Package:P1', '\udc00'],
    emails: ['ada\0@example.com', 'ada@example\ud800.com', 'ada@example.com'],
    stageChanges: [
      { toStageId: 'offer\0', updatedAt: 1 },
      { toStageId: 'offer', updatedAt: 2 },
    ],
    urls: { show: 'https://hire.lever.test/a\0\ud800' },
  };
  expect(read(odd)).toMatchObject({
    name: 'Ada Example\ufffd',
    tags: ['TurnPackage:P1', '\ufffd'],
    emails: ['ada@example.com'],
    stageChanges: [{ toStageId: 'offer', at: 2 }],
    profileUrl: 'https://hire.lever.test/a\ufffd',
  });
});

describe('phones', () => {
  test.each([
    ['(202) 555-0143', '12025550143'],
    ['202.555.0143', '12025550143'],
    ['+1 202 555 0143', '12025550143'],
    ['1-202-555-0143', '12025550143'],
    ['001 (202) 555-0143 ext. 5', null],
    ['+1 202 555 0143 ext. 5', '12025550143'],
    ['+1 (416) 555-0143', '14165550143'],
    // 555 is no area code, as in many demo accounts; the others are abroad, too short, or no numbers.
    ['5555550100', null],
    ['+1 876 555 0143', null],
    ['+44 20 7946 0143', null],
    ['+49 30 123456', null],
    ['555-0143', null],
    ['ask the recruiter', null],
    ['', null],
    ['1'.repeat(5000), null],
  ])('%j is %s', (value, expected) => {
    expect(read({ phones: [{ type: null, value }] }).phones).toEqual(expected === null ? [] : [expected]);
  });

  test('without a type are taken, broken ones left out, and each is given once', () => {
    const phones = [null, {}, { value: 2025550143 }, { value: '2025550143' }, { value: '+12025550143' }];
    expect(read({ phones }).phones).toEqual(['12025550143']);
  });
});

describe('the link to the profile', () => {
  test.each([
    ['javascript:alert(1)', null],
    ['/candidates/6408dc54', null],
    ['', null],
    [null, null],
    ['https://hire.lever.test/candidates/a', 'https://hire.lever.test/candidates/a'],
  ])('%s is %s', (show, expected) => {
    expect(read({ urls: { show } }).profileUrl).toBe(expected);
  });
});
