import type { Role } from '@turn-lever/core/permission';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { may } from '../../src/console/access.ts';
import { createRouter, type RouterPorts } from '../../src/console/create-router.ts';
import { type Browser, type ConsoleWorld, createConsoleWorld, goodPassword } from './console-world.ts';

const roles = ['super-admin', 'admin', 'team-member', 'limited-team-member'] as const;

/**
 * Who may call what: Super Admin, Admin, Team Member, Limited, in this order; or anybody signed in, or whoever has a
 * link's token. Every procedure of the router must stand here.
 */
const table: Readonly<Record<string, string>> = {
  'account.state': 'yyyy',
  'account.auditLog': 'yy--',
  'account.connectionAuditLog': 'yy--',
  'backlog.preview': 'y---',
  'backlog.order': 'y---',
  'backlog.discard': 'y---',
  'backlog.previewEntries': 'y---',
  'backlog.orderEntry': 'y---',
  'backlog.discardEntry': 'y---',
  'checks.list': 'yyy-',
  'checks.retry': 'yyy-',
  'checks.dismiss': 'yy--',
  'checks.orderAnyway': 'y---',
  'checks.orderAgain': 'y---',
  'checks.release': 'y---',
  'checks.resendInvitation': 'yy--',
  'connection.authorize': 'y---',
  'connection.dryRunCandidate': 'yy--',
  'connection.dryRunDelivery': 'yy--',
  'connection.pause': 'y---',
  'connection.resume': 'y---',
  'connection.disconnect': 'y---',
  'connection.disconnectPreview': 'y---',
  'deliveries.replay': 'yy--',
  'deliveries.orderNow': 'y---',
  'deliveries.cancel': 'yyy-',
  'link.open': 'bearer',
  'link.setUp': 'bearer',
  'link.acceptInvitation': 'bearer',
  'link.setPassword': 'bearer',
  'people.list': 'y---',
  'people.invite': 'y---',
  'people.withdrawInvitation': 'y---',
  'people.changeRole': 'y---',
  'people.remove': 'y---',
  'people.endSessions': 'y---',
  'people.makePasswordLink': 'y---',
  'person.me': 'signed in',
  'person.accounts': 'signed in',
  'person.sessions': 'signed in',
  'person.endSession': 'signed in',
  'person.endOtherSessions': 'signed in',
  'person.confirmPassword': 'signed in',
  'person.changePassword': 'signed in',
  'settings.read': 'yy--',
  'settings.listening': 'yy--',
  'settings.stages': 'yy--',
  'settings.candidatesInStage': 'yy--',
  'settings.packages': 'yyyy',
  'settings.save': 'y---',
  'settings.saveEnvironment': 'y---',
  'settings.saveWebhookSecret': 'y---',
  'settings.createWebhook': 'y---',
  'settings.saveTurnToken': 'y---',
};

interface Procedure {
  readonly _def: {
    readonly type: string;
    readonly meta?: { readonly kind: string };
    readonly inputs: readonly { readonly shape: Readonly<Record<string, unknown>> }[];
  };
}
// What procedures close over is not needed to list them.
const { procedures } = createRouter({} as RouterPorts)._def as unknown as {
  procedures: Readonly<Record<string, Procedure>>;
};
const fieldsOf = (path: string): readonly string[] =>
  procedures[path]?._def.inputs.flatMap(({ shape }) => Object.keys(shape)) ?? [];
// These take away what others need.
const last = ['people.remove', 'connection.disconnect'];
const paths = Object.keys(procedures).toSorted((one, other) => last.indexOf(one) - last.indexOf(other));
const ofAccounts = paths.filter((path) => fieldsOf(path).includes('accountId'));

type Sample = Readonly<Record<string, unknown>>;
const ours = ['connectionId', 'checkId', 'deliveryId', 'personId', 'linkId', 'sessionId'];

let world: ConsoleWorld;
let own: Sample;
let foreign: Sample;
let people: Map<Role, Browser>;
let nobody: Browser;

/** An account with one of everything that an input can name. */
const sampleOf = async (superAdmin: Role) => {
  const partner = await world.partner();
  const opportunityId = partner.order();
  const { id: checkId } = await partner.inPhase(opportunityId, 'ordered');
  const [delivery] = await world.ask`select id from delivery where connection_id = ${partner.connectionId}`;
  const governor = await world.join(partner.accountId, superAdmin);
  const member = await world.join(partner.accountId, 'admin');
  const [session] = await world.ask`select id from session where person_id = ${member.id}`;
  const invitation = `invited-${partner.accountId}@example.com`;
  await world.inviteBy(partner.accountId, invitation, 'admin');
  const [link] = await world.ask`select id from one_time_link where email = ${invitation}`;
  const sample: Sample = {
    accountId: partner.accountId,
    connectionId: partner.connectionId,
    checkId,
    deliveryId: delivery?.id,
    opportunityId,
    personId: member.id,
    sessionId: session?.id,
    linkId: link?.id,
    enteredAt: 1,
    limit: 10,
    cursor: undefined,
    direction: 'forward',
    revision: 1,
    change: { ordersPerHour: 49 },
    stageId: partner.stage,
    secret: 'a-signature-token-that-somebody-pasted',
    role: 'team-member',
    email: `newcomer-${partner.accountId}@example.com`,
    token: 'guessed',
    accountName: 'Another Ltd',
    name: 'Bea Example',
    password: `not ${goodPassword}`,
    newPassword: `new ${goodPassword}`,
    newcomer: undefined,
    environment: 'sandbox',
    withWebhooks: false,
    returnTo: '/settings',
  };
  return { sample, governor };
};
beforeAll(async () => {
  world = await createConsoleWorld();
  const mine = await sampleOf('super-admin');
  own = mine.sample;
  foreign = (await sampleOf('super-admin')).sample;
  people = new Map([['super-admin', mine.governor.browser]]);
  const accountId = own.accountId as Parameters<ConsoleWorld['join']>[0];
  for (const role of roles.slice(1)) people.set(role, (await world.join(accountId, role)).browser);
  nobody = world.browser();
});
afterAll(() => world.close());

const inputOf = (path: string, sample: Sample): Sample => {
  const fields = fieldsOf(path);
  const unknown = fields.filter((field) => !(field in sample));
  if (unknown.length > 0) throw new Error(`No sample of ${unknown.join(', ')}: add one.`);
  return Object.fromEntries(fields.map((field) => [field, sample[field]]));
};
const call = (browser: Browser, path: string, input: Sample) =>
  procedures[path]?._def.type === 'query' ? browser.query(path, input) : browser.mutate(path, input);
const browserOf = (role: Role): Browser => people.get(role) ?? nobody;

/** Everything of the other account that anybody could have changed. */
const foreignState = async (): Promise<string> => {
  const [accountId, connectionId] = [String(foreign.accountId), String(foreign.connectionId)];
  return JSON.stringify([
    await world.ask`select person_id, role from membership where account_id = ${accountId} order by 1`,
    await world.ask`select id, used_at from one_time_link where account_id = ${accountId} order by 1`,
    await world.ask`
      select s.id from session s join membership m on m.person_id = s.person_id
      where m.account_id = ${accountId} order by 1`,
    await world.ask`select id, phase from background_check where connection_id = ${connectionId} order by 1`,
    await world.ask`select id, state, reason from delivery where connection_id = ${connectionId} order by 1`,
    await world.ask`
      select paused_at, disconnected_at, environment, settings, settings_revision, turn_token_sealed,
        creating_webhook_until, "authorization" from connection where id = ${connectionId}`,
    await world.ask`select id, valid_until from signature_token where connection_id = ${connectionId} order by 1`,
    await world.ask`
      select id from audit_log where connection_id = ${connectionId} or account_id = ${accountId} order by 1`,
  ]);
};

test('every procedure of the router declares its access and stands in the table, and nothing else does', () => {
  expect(paths.toSorted()).toEqual(Object.keys(table).toSorted());
  for (const path of paths) {
    const kind = { bearer: 'link', 'signed in': 'person' }[table[path] ?? ''] ?? 'account';
    expect([path, procedures[path]?._def.meta?.kind]).toEqual([path, kind]);
  }
  expect(ofAccounts).toHaveLength(Object.values(table).filter((who) => /^[y-]{4}$/u.test(who)).length);
});

test('a procedure without an action, or with one that does not exist, does not compile', () => {
  // @ts-expect-error an action must be named
  const undeclared = may();
  // @ts-expect-error and be one of the table's
  const invented = may('do anything');
  expect([undeclared, invented]).toHaveLength(2);
});

test('every id that an input takes is known to be ours, or to be of Lever', () => {
  const ids = new Set(paths.flatMap(fieldsOf).filter((field) => field.endsWith('Id')));
  expect([...ids].toSorted()).toEqual([...ours, 'accountId', 'opportunityId', 'stageId'].toSorted());
});

describe('R93 with an id of another account', () => {
  const cases = ofAccounts.flatMap((path) =>
    ours.filter((field) => fieldsOf(path).includes(field)).map((field) => [path, field] as const),
  );
  test.each(cases)('%s finds no %s, and nothing is done', async (path, field) => {
    const before = await foreignState();
    const input = { ...inputOf(path, own), [field]: foreign[field] };
    const answer = await call(browserOf('super-admin'), path, input);
    expect([answer.status, answer.text]).toEqual([404, expect.stringContaining('"message":"not found"')]);
    expect(await foreignState()).toBe(before);
  });

  test('nobody ends a session of somebody else', async () => {
    const before = await foreignState();
    const { sessionId } = foreign;
    expect((await browserOf('super-admin').mutate('person.endSession', { sessionId })).status).toBe(404);
    expect(await foreignState()).toBe(before);
  });
});

describe('R92 in another account', () => {
  test.each(ofAccounts)('%s is not found, whatever the role', async (path) => {
    const before = await foreignState();
    const answers = [];
    for (const role of roles) answers.push(await call(browserOf(role), path, inputOf(path, foreign)));
    const unknown = { ...inputOf(path, foreign), accountId: 'no-such-account' };
    answers.push(await call(browserOf('super-admin'), path, unknown));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    // Whether the account exists is not told.
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await foreignState()).toBe(before);
  });
});

describe('R92 in the own account', () => {
  test.each(paths)('%s is for whom the table says', async (path) => {
    const who = table[path] ?? '';
    const input = inputOf(path, own);
    const { status: signedOut } = await call(nobody, path, input);
    expect(signedOut).toBe(who !== 'bearer' ? 401 : path === 'link.acceptInvitation' ? 409 : 404);
    // Those who may not come first: what the others do may take the subject away.
    for (const [position, role] of [...roles.entries()].toReversed()) {
      const { status } = await call(browserOf(role), path, input);
      if (who === 'bearer') expect([role, status]).toEqual([role, 404]);
      else if (who === 'signed in' || who[position] === 'y') {
        expect([401, 403, 412], `${role}: ${status}`).not.toContain(status);
        if (who !== 'signed in') expect(status, role).not.toBe(404);
        expect(status, role).toBeLessThan(500);
      } else expect([role, status]).toEqual([role, 403]);
    }
  });
});

test('a dry run shows the package and the name, and neither address nor phone of the candidate', async () => {
  const partner = await world.partner({ settings: { waitBeforeOrdering: 3600 } });
  const { browser } = await world.join(partner.accountId, 'admin');
  const { accountId, connectionId } = partner;
  const opportunityId = partner.order();
  const answer = await browser.mutate('connection.dryRunCandidate', {
    accountId,
    connectionId,
    opportunityId,
  });
  expect(JSON.parse(answer.text)).toMatchObject({ result: { data: { decision: { kind: 'order' } } } });
  expect(answer.text).toContain('"splitName":{"firstName":');
  // The whole number: three digits of it stand in one time of day out of many.
  expect(answer.text).not.toMatch(/@|5550143/u);
});
