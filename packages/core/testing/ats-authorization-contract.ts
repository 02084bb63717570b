import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AtsAuthorization, AuthorizationAttempt } from '../src/ports/ats-authorization.ts';
import { canary } from './canaries.ts';
import type { Consent } from './fake-ats-authorization.ts';

/** What the contract needs around authorizations. Only the sandbox is offered. */
export interface AtsAuthorizationHarness {
  readonly authorization: AtsAuthorization;
  /** The id of a Lever account whose Super Admin decides. */
  readonly leverAccountId: string;
  decide(url: string, consent: Consent): Promise<Readonly<Record<string, string>>>;
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

const hour = 3_600_000;

/** What every `AtsAuthorization` promises. */
export const describeAtsAuthorizationContract = (
  name: string,
  createHarness: () => Promise<AtsAuthorizationHarness>,
): void => {
  describe(`authorization at the ATS: ${name}`, () => {
    let harness: AtsAuthorizationHarness;
    let authorization: AtsAuthorization;
    let attempts = 0;
    beforeAll(async () => {
      harness = await createHarness();
      ({ authorization } = harness);
    });
    afterAll(async () => {
      await harness?.close();
    });
    const anAttempt = (): AuthorizationAttempt => {
      attempts += 1;
      return {
        environment: 'sandbox',
        permissions: ['offline', 'opportunities', 'stages', 'tags', 'notes'],
        state: canary.secret(`state-${attempts}`.padEnd(43, '0')),
        codeVerifier: `verifier-${attempts}`.padEnd(43, '0'),
      };
    };
    const approve = () => ({ kind: 'approve', leverAccountId: harness.leverAccountId }) as const;
    const goThere = async (consent: Consent = approve()) => {
      const attempt = anAttempt();
      const returned = await harness.decide(await authorization.begin(attempt), consent);
      return { attempt, returned };
    };

    test('comes back with tokens for what was allowed, of the account that allowed it, for a year', async () => {
      const { attempt, returned } = await goThere();
      const answer = await authorization.finish(attempt, returned);
      if (answer.kind !== 'authorized') throw new Error(answer.kind);
      expect(answer.permissions.toSorted()).toEqual([...attempt.permissions].toSorted());
      expect(answer.leverAccountId).toBe(harness.leverAccountId);
      expect(answer.leverUserId).toMatch(/\w/u);
      const { accessToken, refreshToken, expiresAt, issuedAt } = answer.grant ?? {};
      expect([accessToken, refreshToken]).toEqual([expect.any(String), expect.any(String)]);
      expect((expiresAt ?? 0) - (issuedAt ?? 0)).toBeGreaterThan(hour / 2);
      expect(answer.endsAt - (issuedAt ?? 0)).toBe(365 * 24 * hour);
    });

    test('says what was not allowed, and has no pair without leave to refresh it', async () => {
      const one = await goThere({ ...approve(), left: ['notes'] });
      expect(await authorization.finish(one.attempt, one.returned)).toMatchObject({
        permissions: one.attempt.permissions.filter((permission) => permission !== 'notes'),
        grant: expect.anything(),
      });
      const other = await goThere({ ...approve(), left: ['offline'] });
      expect(await authorization.finish(other.attempt, other.returned)).toMatchObject({
        permissions: other.attempt.permissions.filter((permission) => permission !== 'offline'),
        grant: null,
      });
    });

    test('says that the person said no', async () => {
      const { attempt, returned } = await goThere({ kind: 'deny' });
      expect(await authorization.finish(attempt, returned)).toEqual({ kind: 'denied' });
    });

    test('works once, with the verifier and the state that it was begun with', async () => {
      const refused = { kind: 'refused' };
      const used = await goThere();
      await authorization.finish(used.attempt, used.returned);
      expect(await authorization.finish(used.attempt, used.returned)).toEqual(refused);
      const { attempt, returned } = await goThere();
      expect(await authorization.finish({ ...attempt, state: 'another' }, returned)).toEqual(refused);
      const other = anAttempt().codeVerifier;
      expect(await authorization.finish({ ...attempt, codeVerifier: other }, returned)).toEqual(refused);
      for (const nonsense of [{}, { state: attempt.state }, { error: 'x' }, { ...returned, code: 'x' }])
        expect(await authorization.finish(attempt, nonsense)).toEqual(refused);
    });

    test('says that nobody answers', async () => {
      const { attempt, returned } = await goThere();
      await harness.goAway();
      expect(await authorization.finish(attempt, returned)).toEqual({ kind: 'unavailable' });
      await harness.comeBack();
    });

    test('offers what is configured, and nothing else can be begun', async () => {
      expect(authorization.environments).toEqual(['sandbox']);
      const begin = authorization.begin({ ...anAttempt(), environment: 'production' });
      await expect(begin).rejects.toMatchObject({ code: 'unavailable' });
    });
  });
};
