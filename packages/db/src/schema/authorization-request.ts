import type { Environment, LeverPermission } from '@turn-lever/core/connection';
import type { AccountId, ConnectionId } from '@turn-lever/core/ids';
import { index, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { newId } from '../new-id.ts';
import { connection } from './connection.ts';
import { instant } from './instant.ts';
import { person } from './people/person.ts';
import { session } from './people/session.ts';

/** Somebody on the way to Lever, to authorize us there. Deleted with the first return, and with the session. */
export const authorizationRequest = pgTable(
  'authorization_request',
  {
    id: text().primaryKey().$defaultFn(newId),
    /** SHA-256 in hex of the `state`: who reads the table cannot finish what somebody else began. */
    stateHash: text().notNull(),
    sessionId: text()
      .notNull()
      .references(() => session.id, { onDelete: 'cascade' }),
    personId: text()
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    accountId: text().$type<AccountId>().notNull(),
    connectionId: text()
      .$type<ConnectionId>()
      .notNull()
      .references(() => connection.id, { onDelete: 'cascade' }),
    environment: text().$type<Environment>().notNull(),
    permissions: jsonb().$type<readonly LeverPermission[]>().notNull(),
    codeVerifierSealed: text().notNull(),
    returnTo: text().notNull(),
    expiresAt: instant().notNull(),
  },
  (table) => [
    uniqueIndex('authorization_request_state_unique').on(table.stateHash),
    index('authorization_request_session').on(table.sessionId),
  ],
);
