import type { Environment } from '../connection.ts';
import type { AccountId, Instant } from '../ids.ts';
import type { Member, Membership } from '../people.ts';
import type { Role } from '../permission.ts';

/** How changing a member ended. `last-super-admin`: refused, since nobody could govern the account any more. */
export type MemberChange = 'changed' | 'not-found' | 'last-super-admin';

/** What a one-time link lets its bearer do. */
export type LinkGrant =
  /** Make the first account and its Super Admin. */
  | { readonly purpose: 'set-up' }
  /** Join an account; only the person with this address. */
  | {
      readonly purpose: 'invitation';
      readonly accountId: AccountId;
      readonly email: string;
      readonly role: Role;
    }
  /** Set a new password of a person who belongs to this account and no other. */
  | { readonly purpose: 'password'; readonly accountId: AccountId; readonly personId: string }
  /** The same for a person of several accounts, too: no Super Admin may make it, only whoever runs the program. */
  | { readonly purpose: 'recovery'; readonly accountId: AccountId; readonly personId: string };

/** Why no link is made. */
export type LinkRefusal = 'account-exists' | 'member-already' | 'belongs-elsewhere' | 'not-found';

/** A link just made: the only time its token is known. */
export type LinkCreation =
  | { readonly kind: 'made'; readonly linkId: string; readonly token: string }
  | { readonly kind: 'refused'; readonly why: LinkRefusal };

/** What a link that works tells whoever has it. `hasPassword`: the invited person signs in already. */
export type OpenLink =
  | { readonly purpose: 'set-up' }
  | {
      readonly purpose: 'invitation';
      readonly accountName: string;
      readonly email: string;
      readonly role: Role;
      readonly hasPassword: boolean;
    }
  | { readonly purpose: 'password'; readonly email: string };

/** An invitation that nobody has accepted yet. */
export interface Invitation {
  readonly linkId: string;
  readonly email: string;
  readonly role: Role;
  readonly expiresAt: Instant;
}

/** Who accepts an invitation: whoever is signed in, or somebody new with a name and the hash of a password. */
export type Joining =
  | { readonly kind: 'signed-in'; readonly personId: string }
  | { readonly kind: 'new'; readonly name: string; readonly passwordHash: string };

/** How accepting an invitation ended. Everything but `joined` leaves it open. */
export type JoinEnd =
  | { readonly kind: 'joined'; readonly accountId: AccountId; readonly personId: string; readonly role: Role }
  | { readonly kind: 'not-found' }
  /** The address has a password already: only whoever knows it may accept. */
  | { readonly kind: 'sign-in-first' }
  /** The invitation is for another address. */
  | { readonly kind: 'other-person' };

/** Whom a link was used for. */
export interface LinkUse {
  readonly accountId: AccountId;
  readonly personId: string;
  readonly role: Role;
}

/** People, what they may do in which account, and one-time links. Throws `PortError` `unavailable`. */
export interface People {
  /** Every account, by name: for whoever runs the program. */
  accounts(): Promise<readonly { readonly id: AccountId; readonly name: string }[]>;
  /** The accounts of a person, by name. */
  memberships(personId: string): Promise<readonly Membership[]>;
  /** What a person is in an account now; null: does not belong to it. */
  role(accountId: AccountId, personId: string): Promise<Role | null>;
  /** The members of an account, by address. */
  list(accountId: AccountId): Promise<readonly Member[]>;
  /**
   * Never leaves an account without a Super Admin, whoever else changes it at the same moment. Ends the person's sessions
   * with it: nobody who had got hold of one may do more than before. Where a Super Admin steps down, the account's open
   * invitations and password links end, whoever made them.
   */
  changeRole(accountId: AccountId, personId: string, role: Role): Promise<MemberChange>;
  /** Ends a membership; never leaves an account without a Super Admin. Ends open links as `changeRole` does. */
  remove(accountId: AccountId, personId: string): Promise<MemberChange>;
  /** Ends all sessions of a member; how many. Null where the person does not belong to the account. */
  endSessions(accountId: AccountId, personId: string): Promise<number | null>;

  /**
   * Makes a link of 256 random bits, kept as a hash. It takes the place of an open one for the same. Refused as
   * `not-found` where `madeBy` may not manage the account's people at that very moment; left out: whoever runs the program.
   */
  makeLink(grant: LinkGrant, expiresAt: Instant, now: Instant, madeBy?: string): Promise<LinkCreation>;
  /** What a link is for; null where it does not work (any more). */
  readLink(token: string, now: Instant): Promise<OpenLink | null>;
  /** Invitations that can still be accepted, the oldest first. */
  invitations(accountId: AccountId, now: Instant): Promise<readonly Invitation[]>;
  /** Ends an invitation of the account; false where there is none of that id. */
  withdraw(accountId: AccountId, linkId: string): Promise<boolean>;
  /**
   * Uses a set-up link, once and only while there is no account at all; null otherwise. The account comes with a connection
   * that is not connected, for `environment`.
   */
  setUp(
    token: string,
    given: {
      readonly accountName: string;
      readonly environment: Environment;
      readonly name: string;
      readonly email: string;
      readonly passwordHash: string;
    },
    now: Instant,
  ): Promise<LinkUse | null>;
  /** Uses an invitation. */
  join(token: string, joining: Joining, now: Instant): Promise<JoinEnd>;
  /**
   * Uses a password or recovery link; ends all sessions of the person and their other links of these kinds. Null where
   * it does not work (any more).
   */
  setPassword(token: string, passwordHash: string, now: Instant): Promise<LinkUse | null>;
}
