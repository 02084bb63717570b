import type { AccountId, ConnectionId } from '@turn-lever/core/ids';
import type { NewAccount } from '@turn-lever/core/ports/connections';
import type { ActSubjects } from '@turn-lever/core/testing/model/carry-out-act';
import type { Actor, PersonsAction } from '@turn-lever/core/testing/model/persons-actions';
import type { DatabaseFault, Death } from './model-ports.ts';

/** What somebody does at the console, and what it is done to as far as it is there. */
export interface ActCommand extends ActSubjects {
  readonly do: 'act';
  readonly actor: Actor;
  readonly action: PersonsAction;
  readonly accountId: AccountId;
  readonly connectionId: ConnectionId;
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
  | { readonly kind: 'failed'; readonly message: string }
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
