import type { NamedTest } from './guard.ts';

/** The part of vitest's JSON report that is read. */
export interface Report {
  readonly testResults: readonly {
    /** Absolute path. */
    readonly name: string;
    /** Why the file as a whole failed: it could not be loaded, or a hook failed. */
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
}

/** What became of one named test. One title may be several tests, the same on each database for instance. */
export type Outcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly messages: readonly string[] }
  /** No test of that title ran: it is not there, or its file could not be loaded. */
  | { readonly kind: 'not-run'; readonly message: string };

const filesOf = ({ testResults }: Report, { file }: Pick<NamedTest, 'file'>): Report['testResults'] =>
  testResults.filter(({ name }) => name.endsWith(`/${file}`));

/** Reads what became of a test. */
export const outcomeOf = (report: Report, { file, title }: NamedTest): Outcome => {
  const files = filesOf(report, { file });
  const ran = files
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ fullName }) => fullName === title || fullName.endsWith(` ${title}`))
    .filter(({ status }) => status === 'passed' || status === 'failed');
  const failed = ran.filter(({ status }) => status === 'failed');
  if (failed.length > 0) {
    return { kind: 'failed', messages: failed.flatMap(({ failureMessages }) => failureMessages ?? []) };
  }
  if (ran.length > 0) return { kind: 'passed' };
  return { kind: 'not-run', message: files.map(({ message }) => message ?? '').join('\n') };
};

/** Why the test cannot tell anything: with every guard in place it does not pass; null where it does. */
export const whyNotPassed = (outcome: Outcome): string | null => {
  if (outcome.kind === 'passed') return null;
  return outcome.kind === 'failed'
    ? (outcome.messages[0] ?? 'it fails')
    : `it did not run. ${outcome.message}`;
};

// How vitest's own assertions begin: `expect(…).rejects` of a promise that does not reject throws a plain error.
const assertions = ['AssertionError', 'promise resolved'];

/**
 * Why the failure does not show that the guard is missed; null where it does: by an assertion, or by the words that the
 * guard names. A file that no longer loads, a misspelt name or a test that hung proves nothing.
 */
export const whyNotNoticed = (outcome: Outcome, failsWith?: string): string | null => {
  switch (outcome.kind) {
    case 'passed':
      return 'the test passes without the guard';
    case 'not-run':
      return `the test did not run: ${outcome.message}`;
    case 'failed': {
      const expected = failsWith === undefined ? assertions : [failsWith];
      const isExpected = outcome.messages.some((message) =>
        expected.some((words) => message.includes(words)),
      );
      return isExpected ? null : `it fails, but not as it should: ${outcome.messages[0]?.split('\n')[0]}`;
    }
  }
};

/** The same for what is noticed at the end of the file, after the test ran. */
export const whyFileNotNoticed = (report: Report, test: NamedTest, words: string): string | null => {
  if (outcomeOf(report, test).kind === 'not-run') return 'the test did not run';
  const said = filesOf(report, test)
    .map(({ message }) => message ?? '')
    .join('\n');
  return said.includes(words) ? null : `its file does not fail with "${words}": ${said}`;
};

/** A pattern for `vitest -t` that matches the titles of these tests and no longer ones. */
export const toPattern = (tests: readonly NamedTest[]): string =>
  `(?:${tests.map(({ title }) => patternOf(title)).join('|')})$`;

// Vitest joins the titles of groups and test with ` > ` to match them, and with a blank in its report.
const patternOf = (title: string): string =>
  title.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`).replaceAll(' ', '(?: > | )');
