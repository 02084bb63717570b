import type { AccountId, CheckId, ConnectionId, DeliveryId, OpportunityId } from '@turn-lever/core/ids';
import type { Person } from '@turn-lever/core/ports/audit-log';
import type { NewAccount, NewAuthorization } from '@turn-lever/core/ports/connections';
import type { StageEntry } from '@turn-lever/core/ports/inbox';
import type { Actor, PersonsAction } from '@turn-lever/core/testing/model/persons-actions';
import type { DatabaseFault, Death } from './model-ports.ts';

/** What somebody does at the console, and what it is done to as far as it is there. */
export interface ActCommand {
  readonly do: 'act';
  readonly actor: Actor;
  readonly action: PersonsAction;
  readonly accountId: AccountId;
  readonly connectionId: ConnectionId;
  readonly opportunityId: OpportunityId;
  readonly checkId: CheckId | null;
  readonly deliveryId: DeliveryId | null;
  readonly entry: StageEntry | null;
  readonly authorized: Omit<NewAuthorization, 'personId' | 'at'> | null;
}

/** What the driver asks of a program under test, past everything that a product offers. */
export type ProcessCommand =
  | ActCommand
  | { readonly do: 'create account'; readonly account: NewAccount; readonly now: number }
  | { readonly do: 'sweep'; readonly connectionId: ConnectionId }
  /** The opportunities in the list of retroactive entries, read by a Super Admin. */
  | { readonly do: 'list offered'; readonly accountId: AccountId; readonly connectionId: ConnectionId }
  | ({ readonly do: 'die' } & Death)
  | {
      readonly do: 'plan';
      readonly fault: DatabaseFault;
      readonly skip: number;
      readonly times: number;
    }
  | { readonly do: 'live' };

/** How a command ended. `failed`: at a port, as the world outside explains. `broken`: in no way that anything explains. */
export type ProcessAnswer =
  | { readonly kind: 'answered'; readonly value: unknown }
  | { readonly kind: 'failed' }
  | { readonly kind: 'died' }
  | { readonly kind: 'broken'; readonly message: string };

/** One program that the driver can start and kill. */
export interface ProcessUnderTest {
  /** Where it listens. */
  readonly url: string;
  isUp(): boolean;
  /** Starts it where it is down. */
  start(): Promise<void>;
  ask(command: ProcessCommand): Promise<ProcessAnswer>;
  close(): Promise<void>;
}

/** Who acts, for the program. */
export const personFor = (accountId: AccountId, actor: Actor): Person => ({
  id: actor,
  accountId: (actor === 'stranger' ? `not-${accountId}` : accountId) as AccountId,
  role: actor === 'limited-team-member' ? 'limited-team-member' : 'super-admin',
});
