/** A string that cannot be mistaken for another kind of id. Costs nothing at run time. */
export type Branded<Name extends string> = string & { readonly __brand: Name };

/** One partner of Turn. */
export type AccountId = Branded<'AccountId'>;
/** An account's link to Lever and Turn; an account has exactly one. */
export type ConnectionId = Branded<'ConnectionId'>;
/** One webhook request, sweep finding or action of a person, as kept in the inbox. */
export type DeliveryId = Branded<'DeliveryId'>;
/** One background check of ours, with its order. */
export type CheckId = Branded<'CheckId'>;
/** Lever's id of an opportunity. Not always a UUID, so never typed as one (`lever-api.md` §3.2). */
export type OpportunityId = Branded<'OpportunityId'>;
/** Lever's id of the person behind one or more opportunities. */
export type ContactId = Branded<'ContactId'>;
/** Lever's id of a stage; built-in stages have slugs such as `lead-new` (`lever-api.md` §4.3). */
export type StageId = Branded<'StageId'>;
/** Lever's id of a note. */
export type NoteId = Branded<'NoteId'>;
/** Turn's id of a package: `P` and ten digits (`turn-api.md` §1.3), not enforced. */
export type PackageId = Branded<'PackageId'>;
/** Turn's UUID of a check ("worker" in its API, `turn-api.md` §1.3). */
export type WorkerId = Branded<'WorkerId'>;
/** Turn's short id of a check, shown to people: `C` and ten digits (`turn-api.md` §1.3). */
export type TurnId = Branded<'TurnId'>;
/** Follows one cause from the delivery to the note, through every log line. */
export type CorrelationId = Branded<'CorrelationId'>;

/** Milliseconds since 1970-01-01 UTC. */
export type Instant = number;
