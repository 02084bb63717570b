/** One thing that may go wrong, under the number that its tests carry in their titles. */
export interface Scenario {
  readonly number: number;
  /** What goes wrong, for somebody who does not know the program. */
  readonly fault: string;
  /** What must be seen then. */
  readonly expected: string;
  /** What a test leaves out or does in a smaller way, and where the product decides otherwise than one might expect. */
  readonly note?: string;
  /** Why there is nothing to test. Whoever builds what it is about takes this away. */
  readonly untested?: string;
}

/** Scenarios of one subject, in the order of their numbers. */
export interface Chapter {
  readonly title: string;
  readonly scenarios: readonly Scenario[];
}
