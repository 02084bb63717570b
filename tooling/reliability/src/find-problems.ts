import type { NumberedTest } from './read-report.ts';
import type { Chapter } from './scenario.ts';

/** Everything that keeps the table from being complete and good, one sentence each. */
export const findProblems = (
  chapters: readonly Chapter[],
  requiredRanges: readonly (readonly [number, number])[],
  tests: readonly NumberedTest[],
): readonly string[] => {
  const described = chapters.flatMap(({ scenarios }) => scenarios.map(({ number }) => number));
  const isUntested = new Set(
    chapters.flatMap(({ scenarios }) =>
      scenarios.filter(({ untested }) => untested !== undefined).map(({ number }) => number),
    ),
  );
  const tested = new Set(tests.flatMap(({ numbers }) => numbers));
  const required = requiredRanges.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index),
  );
  const inOrder = (numbers: Iterable<number>) => [...new Set(numbers)].toSorted((a, b) => a - b);
  return [
    ...inOrder(described.filter((one, index) => described.indexOf(one) !== index)).map(
      (number) => `R${number} is described twice.`,
    ),
    ...inOrder([...required, ...tested])
      .filter((number) => !described.includes(number))
      .map((number) => `R${number} is not described: add it to tooling/reliability/src/scenarios.`),
    ...inOrder([...required, ...described])
      .filter((number) => !tested.has(number) && !isUntested.has(number))
      .map((number) => `R${number} has no test: none of the run has a title that begins with it.`),
    ...inOrder(isUntested)
      .filter((number) => tested.has(number))
      .map((number) => `R${number} has a test, and its description says why there is none.`),
    ...tests
      .filter(({ result }) => result !== 'passed')
      .map(
        ({ numbers, file, title, result }) =>
          `${numbers.map((number) => `R${number}`).join(' ')} ${result}: ${file} › ${title}`,
      ),
  ];
};
