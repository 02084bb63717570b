import { randomBytes } from 'node:crypto';
import type { AtsAuthorization } from '@turn-lever/core/ports/ats-authorization';
import { createBeginAuthorization } from '@turn-lever/core/use-cases/by-person/connection/begin-authorization';
import { createFinishAuthorization } from '@turn-lever/core/use-cases/by-person/connection/finish-authorization';
import type { Actions } from '@turn-lever/core/use-cases/by-person/create-actions';
import { createPerform } from '@turn-lever/core/use-cases/by-person/perform';
import type { Stores } from '@turn-lever/db/create-stores';

/** Wires the way to Lever and back. */
export const composeAuthorization = ({
  stores,
  atsAuthorization,
  connectLever,
  now,
}: {
  readonly stores: Stores;
  readonly atsAuthorization: AtsAuthorization;
  readonly connectLever: Actions['connectLever'];
  readonly now: () => number;
}) => ({
  begin: createBeginAuthorization({
    perform: createPerform(stores),
    atsAuthorization,
    authorizationRequests: stores.authorizationRequests,
    newSecret: () => randomBytes(32).toString('base64url'),
    now,
  }),
  finish: createFinishAuthorization({ ...stores, atsAuthorization, connectLever, now }),
});

/** The way to Lever and back. */
export type Authorizing = ReturnType<typeof composeAuthorization>;
