import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ConnectionId, PackageId, TurnId, WorkerId } from '../src/ids.ts';
import type { OrderRequest } from '../src/ordering/order-facts.ts';
import type { CheckPackage } from '../src/ordering/package-tag.ts';
import type { CheckProvider, ObservedCheck } from '../src/ports/check-provider.ts';
import { type StatusName, statuses } from '../src/status/check-status.ts';

/** How the next call goes wrong. `answer-lost`: it is carried out first. */
export type ProviderTrouble = 'down' | 'rate-limited' | 'answer-lost';

/** What the contract needs around a provider. */
export interface CheckProviderHarness {
  readonly provider: CheckProvider;
  /** A connection with an account of its own; `packages` null: the account offers no list. */
  createConnection(given?: { readonly packages?: readonly CheckPackage[] | null }): Promise<ConnectionId>;
  /** Moves a check on at the provider. */
  advance(connectionId: ConnectionId, workerId: WorkerId, name: StatusName): Promise<void>;
  /** Makes the connection's credentials dead. */
  revoke(connectionId: ConnectionId): Promise<void>;
  /** Spoils the next call. A `rate-limited` one asks for seven seconds. */
  spoilNext(method: keyof CheckProvider, trouble: ProviderTrouble): Promise<void>;
  /** How many checks the connection's account has, however they came about. */
  countChecks(connectionId: ConnectionId): Promise<number>;
  close(): Promise<void>;
}

/** An order that every provider takes. */
export const anOrderRequest = (given: Partial<OrderRequest> = {}): OrderRequest => ({
  packageId: null,
  firstName: 'Darth',
  lastName: 'Vader',
  email: 'darth.vader@example.com',
  phone: null,
  ...given,
});

const reads = {
  findByReference: (provider: CheckProvider, id: ConnectionId) =>
    provider.findByReference(id, 'lever-sandbox-a-1'),
  readCheck: (provider: CheckProvider, id: ConnectionId) =>
    provider.readCheck(id, '00000000-0000-4000-8000-00000000dead' as WorkerId),
  listPackages: (provider: CheckProvider, id: ConnectionId) => provider.listPackages(id),
  readAccountName: (provider: CheckProvider, id: ConnectionId) => provider.readAccountName(id),
  resendInvitation: (provider: CheckProvider, id: ConnectionId) =>
    provider.resendInvitation(id, 'C0000009999' as TurnId),
} as const;
const readNames = Object.keys(reads) as (keyof typeof reads)[];
const providerStatuses = (Object.keys(statuses) as StatusName[]).filter((name) => name !== 'requested');

/** What every `CheckProvider` promises. The harness is made once; each test has a connection of its own. */
export const describeCheckProviderContract = (
  name: string,
  createHarness: () => Promise<CheckProviderHarness>,
): void => {
  describe(`check provider: ${name}`, () => {
    let harness: CheckProviderHarness;
    let provider: CheckProvider;
    let connectionId: ConnectionId;
    beforeAll(async () => {
      harness = await createHarness();
      provider = harness.provider;
    });
    beforeEach(async () => {
      connectionId = await harness.createConnection();
    });
    afterAll(async () => {
      await harness?.close();
    });

    const order = async (referenceId: string, given: Partial<OrderRequest> = {}): Promise<WorkerId> => {
      const outcome = await provider.order(connectionId, referenceId, anOrderRequest(given));
      if (outcome.kind !== 'accepted') throw new Error(`Expected an accepted order, got ${outcome.kind}.`);
      return outcome.workerId;
    };
    const read = async (workerId: WorkerId): Promise<ObservedCheck> => {
      const check = await provider.readCheck(connectionId, workerId);
      if (check === null) throw new Error('Expected the check to be there.');
      return check;
    };

    describe('ordering', () => {
      test('makes a check that is found by our reference and by its id', async () => {
        const workerId = await order('lever-sandbox-opportunity-1-1', { phone: '15005550006' });
        const check = await read(workerId);
        expect(check.workerId).toBe(workerId);
        expect(check.turnId).toMatch(/^C\d{10}$/);
        expect(check.status.status.group).toBe('open');
        expect(await provider.findByReference(connectionId, 'lever-sandbox-opportunity-1-1')).toEqual(check);
      });

      test.each(['lever-sandbox-a/b?c=d#e-1', 'lever-sandbox-%2e%2e-1', '../../me', 'ü 💥-1'])(
        'finds a check again by the odd reference %s',
        async (referenceId) => {
          const workerId = await order(referenceId);
          expect((await provider.findByReference(connectionId, referenceId))?.workerId).toBe(workerId);
        },
      );

      test('makes one check for each call, and the newest of one reference is found', async () => {
        const first = await order('lever-sandbox-opportunity-1-1');
        const second = await order('lever-sandbox-opportunity-1-1');
        expect(second).not.toBe(first);
        expect(
          (await provider.findByReference(connectionId, 'lever-sandbox-opportunity-1-1'))?.workerId,
        ).toBe(second);
        expect(await harness.countChecks(connectionId)).toBe(2);
      });

      test('takes a package the account has, and names the field where it has not', async () => {
        const packages = [{ id: 'P0000000007' as PackageId, name: 'Only one' }];
        connectionId = await harness.createConnection({ packages });
        await order('lever-sandbox-opportunity-1-1', { packageId: 'P0000000007' as PackageId });
        const refused = await provider.order(
          connectionId,
          'lever-sandbox-opportunity-2-1',
          anOrderRequest({ packageId: 'P0000000008' as PackageId }),
        );
        expect(refused).toEqual({ kind: 'refused', fields: ['package_id'] });
        expect(await harness.countChecks(connectionId)).toBe(1);
      });

      test('with a dead token is unauthorized and makes nothing', async () => {
        await harness.revoke(connectionId);
        const outcome = await provider.order(connectionId, 'lever-sandbox-opportunity-1-1', anOrderRequest());
        expect(outcome).toEqual({ kind: 'unauthorized' });
        expect(await harness.countChecks(connectionId)).toBe(0);
      });

      test('that was turned away for its rate is certainly not carried out', async () => {
        await harness.spoilNext('order', 'rate-limited');
        const outcome = await provider.order(connectionId, 'lever-sandbox-opportunity-1-1', anOrderRequest());
        expect(outcome).toEqual({ kind: 'not-carried-out', retryAfter: 7000 });
        expect(await harness.countChecks(connectionId)).toBe(0);
      });

      test('that met a failing provider is unknown, and throws nothing', async () => {
        await harness.spoilNext('order', 'down');
        const outcome = await provider.order(connectionId, 'lever-sandbox-opportunity-1-1', anOrderRequest());
        expect(outcome).toEqual({ kind: 'unknown' });
      });

      test('whose answer was lost is unknown, and is found by its reference', async () => {
        await harness.spoilNext('order', 'answer-lost');
        const outcome = await provider.order(connectionId, 'lever-sandbox-opportunity-1-1', anOrderRequest());
        expect(outcome).toEqual({ kind: 'unknown' });
        expect(await provider.findByReference(connectionId, 'lever-sandbox-opportunity-1-1')).not.toBeNull();
      });
    });

    describe('reading', () => {
      test('knows nothing of a reference or an id that was never given', async () => {
        expect(await provider.findByReference(connectionId, 'lever-sandbox-nobody-1')).toBeNull();
        expect(await reads.readCheck(provider, connectionId)).toBeNull();
      });

      test.each(['', '.', '..'])('knows nothing of the id "%s"', async (id) => {
        expect(await provider.findByReference(connectionId, id)).toBeNull();
        expect(await provider.readCheck(connectionId, id as WorkerId)).toBeNull();
      });

      test.each(providerStatuses)('shows the status %s', async (statusName) => {
        const workerId = await order('lever-sandbox-opportunity-1-1');
        await harness.advance(connectionId, workerId, statusName);
        expect((await read(workerId)).status.status).toEqual(statuses[statusName]);
      });

      test('shows where a finished report is', async () => {
        const workerId = await order('lever-sandbox-opportunity-1-1');
        await harness.advance(connectionId, workerId, 'clear');
        const { reportUrl } = await read(workerId);
        expect(reportUrl).toEqual({ kind: 'fit', url: expect.stringContaining(workerId) });
      });

      test('shows nothing of another account', async () => {
        const workerId = await order('lever-sandbox-opportunity-1-1');
        const { turnId } = await read(workerId);
        const other = await harness.createConnection();
        expect(await provider.findByReference(other, 'lever-sandbox-opportunity-1-1')).toBeNull();
        expect(await provider.readCheck(other, workerId)).toBeNull();
        await expect(provider.resendInvitation(other, turnId as TurnId)).rejects.toMatchObject({
          code: 'not-found',
        });
      });

      test('lists the packages of the account, or that it offers none', async () => {
        const packages = [
          { id: 'P0000000001' as PackageId, name: 'Standard' },
          { id: 'P0000000002' as PackageId, name: 'Driver: MVR' },
        ];
        const listing = await harness.createConnection({ packages });
        expect(await provider.listPackages(listing)).toEqual({ kind: 'listed', packages });
        const silent = await harness.createConnection({ packages: null });
        expect(await provider.listPackages(silent)).toEqual({ kind: 'not-offered' });
      });

      test('names the account', async () => {
        expect(await provider.readAccountName(connectionId)).toMatch(/\S/);
      });

      test('tries another token in the place of the one that is kept', async () => {
        await expect(provider.readAccountName(connectionId, 'no-such-token')).rejects.toMatchObject({
          code: 'unauthorized',
        });
        expect(await provider.readAccountName(connectionId)).toMatch(/\S/);
      });
    });

    describe('sending an invitation again', () => {
      const turnIdOf = async (workerId: WorkerId): Promise<TurnId> => (await read(workerId)).turnId as TurnId;

      test('works while the candidate has not accepted', async () => {
        const turnId = await turnIdOf(await order('lever-sandbox-opportunity-1-1'));
        await expect(provider.resendInvitation(connectionId, turnId)).resolves.toBeUndefined();
      });

      test('is rejected once the candidate has', async () => {
        const workerId = await order('lever-sandbox-opportunity-1-1');
        await harness.advance(connectionId, workerId, 'processing');
        const attempt = provider.resendInvitation(connectionId, await turnIdOf(workerId));
        await expect(attempt).rejects.toMatchObject({ name: 'PortError', code: 'rejected' });
      });

      test('finds no check under an id that was never given', async () => {
        const attempt = reads.resendInvitation(provider, connectionId);
        await expect(attempt).rejects.toMatchObject({ name: 'PortError', code: 'not-found' });
      });
    });

    describe.each(readNames)('%s', (method) => {
      test('throws unauthorized with a dead token', async () => {
        await harness.revoke(connectionId);
        await expect(reads[method](provider, connectionId)).rejects.toMatchObject({
          name: 'PortError',
          code: 'unauthorized',
          vendor: 'turn',
        });
      });

      test('throws rate-limited with the time asked for', async () => {
        await harness.spoilNext(method, 'rate-limited');
        await expect(reads[method](provider, connectionId)).rejects.toMatchObject({
          name: 'PortError',
          code: 'rate-limited',
          retryAfter: 7000,
          vendor: 'turn',
        });
      });

      test('throws unavailable while the provider fails', async () => {
        await harness.spoilNext(method, 'down');
        await expect(reads[method](provider, connectionId)).rejects.toMatchObject({
          name: 'PortError',
          code: 'unavailable',
          vendor: 'turn',
        });
      });
    });
  });
};
