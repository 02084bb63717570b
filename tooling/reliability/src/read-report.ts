import { relative } from 'node:path';

/** What of vitest's JSON report is read. */
export interface Report {
  readonly testResults: readonly {
    /** Absolute path. */
    readonly name: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

export type Result = 'passed' | 'failed' | 'skipped';

/** A test whose title, or else the title of a group around it, begins with numbers: `R5 R7 …`. */
export interface NumberedTest {
  readonly numbers: readonly number[];
  /** Relative to the repository, with slashes. */
  readonly file: string;
  /** Without the numbers. */
  readonly title: string;
  readonly result: Result;
}

const leading = /^(?:R\d+\s+)+/u;

const numbersOf = (title: string): readonly number[] =>
  (leading.exec(title)?.[0].match(/\d+/gu) ?? []).map(Number);

const severity: Record<Result, number> = { skipped: 0, passed: 1, failed: 2 };

const resultOf = (status: string): Result =>
  status === 'passed' || status === 'failed' ? status : 'skipped';

/**
 * The numbered tests of one report, in the order of files and lines. What ran several times under one title, on two
 * databases for instance, is one: failed where one failed, and skipped only where none ran.
 */
export const readReport = (report: Report, root: string): readonly NumberedTest[] => {
  const found = new Map<string, NumberedTest>();
  for (const { name, assertionResults } of report.testResults.toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    const file = relative(root, name).replaceAll('\\', '/');
    for (const { ancestorTitles, title, status } of assertionResults) {
      const chain = [...ancestorTitles, title];
      const index = chain.findLastIndex((one) => leading.test(one));
      if (index === -1) continue;
      const numbered = chain[index] ?? '';
      const shown = [numbered.replace(leading, ''), ...chain.slice(index + 1)].join(' › ');
      const key = `${file} ${numbersOf(numbered).join()} ${shown}`;
      const before = found.get(key);
      const result = resultOf(status);
      if (before !== undefined && severity[before.result] >= severity[result]) continue;
      found.set(key, { numbers: numbersOf(numbered), file, title: shown, result });
    }
  }
  return [...found.values()];
};
