import type { NewAuthorization } from '../src/ports/connections.ts';

/** What comes back from Lever with somebody who allowed everything, in production. */
export const anAuthorization = (
  given: Partial<NewAuthorization> & Pick<NewAuthorization, 'grant' | 'leverAccountId'>,
): Omit<NewAuthorization, 'personId' | 'at'> => ({
  environment: 'production',
  permissions: ['offline', 'opportunities', 'stages', 'tags', 'notes'],
  leverUserId: 'lever-user-1',
  endsAt: Date.UTC(2027, 10, 23),
  ...given,
});
