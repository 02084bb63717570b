/** A change of one file. */
export interface Edit {
  /** From the root of the repository. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** A guard of the product, how to take it away, and the test that must notice. */
export interface Guard {
  readonly name: string;
  /** More than one where the guard consists of parts that are nothing without each other. */
  readonly edits: readonly Edit[];
  readonly test: NamedTest;
  /** What the failure says, where the test does not fail by an assertion of its own. */
  readonly failsWith?: string;
  /** Where the test may pass and its file fails at the end, with these words: what every test of the file is watched for. */
  readonly fileFailsWith?: string;
}

/** A test by its file, from the root of the repository, and the end of its full title. */
export interface NamedTest {
  readonly file: string;
  readonly title: string;
}
