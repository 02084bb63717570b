import { expect } from 'vitest';
import { eventually } from './eventually.ts';
import type { TestAccount } from './test-account.ts';
import type { World } from './world.ts';

/** What is audited: the program in this process, or one that ran as a child. */
export type AuditedWorld = Pick<World, 'lever' | 'turn' | 'ask' | 'lines'>;

/** What of an account the auditor looks at. */
export type AuditedAccount = Pick<
  TestAccount,
  'lever' | 'turn' | 'connectionId' | 'ordersOf' | 'shown' | 'isStopped' | 'tagsBefore' | 'secrets'
>;

/** What a test did on purpose, so that the auditor does not call it a fault. */
export interface Allowances {
  /** Candidates whose Turn-ID note a person deleted, or who are gone: Lever shows less of them. */
  readonly withoutNote?: readonly string[];
  /** Candidates who carry a tag of ours that will not go away. */
  readonly withPinnedTag?: readonly string[];
  /** Tags a person put on or took off after the candidate was added: not compared. */
  readonly retagged?: readonly string[];
  /** Candidates whose report's address is not fit to be shown. */
  readonly withoutReport?: readonly string[];
  /** The database was put back to an earlier one: deliveries that were answered and what people did are not in it. */
  readonly restored?: boolean;
}

const labels: Record<string, string> = {
  initiated: 'Initiated',
  emailed: 'Emailed',
  consent: 'Consent',
  processing: 'Processing',
  review__identity: 'Verifying',
  review: 'Reviewing',
  review__qa: 'Compliance Review',
  review__so: 'Compliance Review',
  review__mvr: 'Compliance Review',
  review__cm: 'Compliance Review',
  pending: 'Consider',
  pending__first_notice: 'First Notice',
  pending__second_notice: 'Second Notice',
  pending__dispute: 'Dispute',
  pending__resolved: 'Resolved',
  approved: 'Clear',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
};

/** Turn's states in which a report can be read. */
const withReport: readonly string[] = [
  'pending',
  'pending__first_notice',
  'pending__second_notice',
  'pending__dispute',
  'pending__resolved',
  'approved',
  'rejected',
];

/**
 * Waits until nothing is due, leased or being delivered any more. A check that came through and is only asked about again
 * by the poll counts as quiet between two polls.
 */
export const quiet = (
  world: AuditedWorld,
  accounts: readonly Pick<AuditedAccount, 'connectionId'>[] | null = null,
): Promise<void> =>
  eventually(async () => {
    await Promise.all([world.lever.idle(), world.turn.idle()]);
    // Everybody's, where nobody is named.
    const only = accounts?.map(({ connectionId }) => connectionId).join(',') ?? null;
    const due =
      await world.ask`select 'delivery' as kind, id::text, reason, due_at::text as due, lease_until::text as leased from delivery where state = 'due' and (due_at < now() + interval '10 minutes' or lease_until > now())
        and (${only}::text is null or connection_id::text = any(string_to_array(${only}::text, ',')))
      union all select 'check', id::text, phase, next_sync_at::text, lease_until::text from background_check where (lease_until > now() or next_sync_at <= now()
        or (next_sync_at < now() + interval '10 minutes' and (phase <> 'ordered' or status is null or failures > 0)))
        and (${only}::text is null or connection_id::text = any(string_to_array(${only}::text, ',')))`;
    expect(due).toEqual([]);
  });

/**
 * The promises of the product, checked over both vendors' journals and the database once nothing is due any more. One
 * function for every journey and every scenario: nothing lost (A1, A2, A4, A9), nothing ordered twice (A3), Lever shows
 * exactly what Turn says (A5), nobody's data through somebody else's token (A6), no secret and no person in a log (A7).
 */
export const audit = async (
  world: AuditedWorld,
  accounts: readonly AuditedAccount[],
  allowed: Allowances = {},
): Promise<void> => {
  await quiet(world, accounts);
  for (const account of accounts) {
    await auditDeliveries(world, account, allowed);
    await auditOrders(world, account, allowed);
    await auditLever(world, account, allowed);
    auditTokens(world, account);
  }
  await auditSecrets(world, accounts);
};

/** A1, A2, A9. */
const auditDeliveries = async (
  world: AuditedWorld,
  { lever, connectionId }: AuditedAccount,
  allowed: Allowances,
): Promise<void> => {
  const rows =
    await world.ask`select key, state, reason, due_at > now() as later from delivery where connection_id = ${connectionId}`;
  const keys = new Set(rows.map(({ key }) => key));
  const answered = lever.deliveries.filter(
    ({ body, attempts }) =>
      Object.keys(body.data).length > 0 && attempts.some(({ status }) => status === 200),
  );
  expect(
    answered.map(({ body }) => body.token).filter((token) => !keys.has(token) && allowed.restored !== true),
    'A1 acknowledged but not stored',
  ).toEqual([]);
  expect(
    rows.filter(({ state, later }) => state !== 'settled' && later !== true),
    'A2 neither settled nor due later',
  ).toEqual([]);
  expect(
    rows.filter(({ state, reason }) => state === 'settled' && reason === null),
    'A9 settled without a reason',
  ).toEqual([]);
};

/** A3, A4. */
const auditOrders = async (
  world: AuditedWorld,
  { lever, turn, connectionId, ordersOf }: AuditedAccount,
  allowed: Allowances,
): Promise<void> => {
  const references = turn.checks.map(({ referenceId }) => referenceId);
  expect(
    references.filter((one, index) => references.indexOf(one) !== index),
    'A3 ordered twice',
  ).toEqual([]);
  const rows =
    await world.ask`select worker_id, phase from background_check where connection_id = ${connectionId} and phase = 'ordered'`;
  expect(rows.map((row) => row.worker_id).sort(), 'A4 orders here and at Turn').toEqual(
    turn.checks.map(({ workerId }) => workerId).sort(),
  );
  if (allowed.restored === true) return;
  const asked =
    await world.ask`select b.opportunity_id as id from audit_log a join background_check b on b.id = a.subject
      where a.connection_id = ${connectionId} and a.action = 'order again' and a.outcome = 'begun'`;
  for (const { id } of lever.opportunities()) {
    const most = 1 + asked.filter((row) => row.id === id).length;
    const numbers = ordersOf(id).map(({ referenceId }) => Number(/-(\d+)$/u.exec(referenceId ?? '')?.[1]));
    expect(
      numbers.filter((number) => !(number >= 1 && number <= most)),
      `A3 orders of ${id} that nobody asked for`,
    ).toEqual([]);
  }
};

/** A5. */
const auditLever = async (
  world: AuditedWorld,
  account: AuditedAccount,
  allowed: Allowances,
): Promise<void> => {
  const rows =
    await world.ask`select opportunity_id as id, phase from background_check where connection_id = ${account.connectionId}`;
  for (const { id } of account.lever.opportunities()) {
    const orders = account.ordersOf(id);
    const { tags, notes, otherTags } = account.shown(id);
    const newest = orders.at(-1);
    // Below its first line the note may warn of tags that are not valid.
    const turnIdNotes = notes
      .filter((note) => note.startsWith('Turn background check ordered.'))
      .map((note) => note.split('\n')[0]);
    const reports = notes.filter((note) => note.startsWith('Turn background check report:'));
    if (!(allowed.withPinnedTag ?? []).includes(id) && !account.isStopped(id)) {
      const heldNotes = notes.filter((note) => note.startsWith('Turn background check not ordered'));
      const isHeld = rows.some((row) => row.id === id && row.phase === 'held');
      // What holds for a cause of ours is not shown in Lever.
      const wanted =
        newest !== undefined
          ? [`TurnStatus:${labels[newest.state] ?? 'unknown'}`]
          : isHeld && heldNotes.length === 1
            ? ['TurnStatus:Error']
            : [];
      expect(tags, `A5 status of ${id}`).toEqual(wanted);
      expect(heldNotes.length, `A5 notes of ${id} being held`).toBeLessThanOrEqual(isHeld ? 1 : 0);
    }
    if (!(allowed.withoutNote ?? []).includes(id) && !account.isStopped(id)) {
      expect(turnIdNotes.sort(), `A5 Turn-ID notes of ${id}`).toEqual(
        orders.map(({ turnId }) => `Turn background check ordered. Turn ID: ${turnId}`).sort(),
      );
    }
    expect(reports.length, `A5 report notes of ${id}`).toBeLessThanOrEqual(orders.length);
    const isReportShown = ![...(allowed.withoutNote ?? []), ...(allowed.withoutReport ?? [])].includes(id);
    if (isReportShown && !account.isStopped(id)) {
      const missing = orders.filter(
        ({ state, workerId }) =>
          withReport.includes(state) && !reports.some((note) => note.includes(workerId)),
      );
      expect(missing, `A5 reports of ${id} that Lever does not show`).toEqual([]);
    }
    if (!(allowed.retagged ?? []).includes(id))
      expect(otherTags, `A5 other tags of ${id}`).toEqual(account.tagsBefore(id));
  }
};

/** A6. */
const auditTokens = (world: AuditedWorld, { lever }: AuditedAccount): void => {
  const own = new Set(lever.opportunities().map(({ id }) => id));
  const foreign = world.lever.journal.entries().filter(({ path, accountId }) => {
    const id = /\/opportunities\/([^/?]+)/u.exec(path)?.[1];
    return id !== undefined && own.has(id) && accountId !== null && accountId !== lever.id;
  });
  expect(foreign, 'A6 another account’s token').toEqual([]);
};

/** A7: everything that must never be found in a log line, nor in clear in the database. */
const auditSecrets = async (world: AuditedWorld, accounts: readonly AuditedAccount[]): Promise<void> => {
  const text = JSON.stringify(world.lines);
  const secrets = accounts.flatMap((account) => account.secrets());
  const persons = accounts
    .flatMap(({ lever }) => lever.opportunities().flatMap(({ name, emails }) => [name, ...emails]))
    .filter((one) => one.length > 4);
  for (const canary of [...secrets, ...persons])
    expect(text.includes(canary), 'A7 a secret or a person in the log').toBe(false);
  const rows =
    await world.ask`select to_jsonb(d)::text as row from delivery d union all select (to_jsonb(c) - 'display_name')::text from background_check c
    union all select to_jsonb(c)::text from connection c union all select to_jsonb(v)::text from vendor_call v union all select data::text from pgboss.job`;
  const stored = rows.map(({ row }) => row).join('\n');
  for (const canary of [...secrets, ...persons])
    expect(stored.includes(canary), 'A7 a secret or a person in the database').toBe(false);
};
