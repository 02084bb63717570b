import type { NumberedTest } from './read-report.ts';
import type { Chapter, Scenario } from './scenario.ts';

const introduction = `# What goes wrong, and what was seen

Each row is something that goes wrong in earnest: a process dies, an answer is lost, somebody sends the same thing fifty
times. It has a number, and the tests that let it happen carry the number in their titles. Where a number is missing, it
belongs to a subject that is not built yet; where a row says "nothing to test", its note says why.

Most tests let the fault really happen between the real program, a real database and two emulated vendors over HTTP, and
look for proof that it did: a journal of the vendors' calls, a counter, a session that was ended, a line of the log. A
fault that was planned for an emulated vendor and never struck fails its test (\`apps/api/test/vendors.ts\`). Then nothing
may be lost, nothing ordered twice, and nobody let in: at the end of nearly every journey an auditor looks at the database
and at both vendors' journals (\`apps/api/test/auditor.ts\`). Rules that need no journey, such as the spelling of a package
tag, are tested by themselves as well.

A note says what a test leaves out or does in a smaller way, and where the product decides otherwise than one might
expect. Of many tests with one number in one file three are named.

This document is written by \`pnpm reliability\` from the report of the last \`pnpm test\`. That one fails where it is out of
date, where a number has no test, or where a test with a number did not pass. Descriptions and notes stand in
\`tooling/reliability/src/scenarios\`, the list of required numbers in \`chapters.ts\` there.
`;

/** Of the tests of one number in one file. */
const named = 3;
const longest = 110;

/** Titles hold whatever a test is about: pipes, tags, marks that turn the direction of writing. */
const escapeText = (text: string): string => {
  const characters = [...text.replaceAll(/\s+/gu, ' ')];
  const short = characters.length > longest ? [...characters.slice(0, longest - 1), '…'] : characters;
  return short
    .join('')
    .replaceAll(/\p{C}/gu, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`)
    .replaceAll(/[\\|<>*_`[\]]/gu, (one) => `&#${one.codePointAt(0)};`);
};

const renderTests = (tests: readonly NumberedTest[]): string => {
  const files = [...new Set(tests.map(({ file }) => file))].toSorted();
  return files
    .map((file) => {
      const titles = tests.filter((one) => one.file === file).map(({ title }) => escapeText(title));
      const more = titles.length - named;
      const shown = more > 1 ? [...titles.slice(0, named), `and ${more} more`] : titles;
      return [`[${file.split('/').at(-1)}](../${file})`, ...shown.map((title) => `› ${title}`)].join('<br>');
    })
    .join('<br>');
};

const renderResult = (tests: readonly NumberedTest[]): string => {
  if (tests.length === 0) return '**no test**';
  const bad =
    tests.find(({ result }) => result === 'failed') ?? tests.find(({ result }) => result === 'skipped');
  return bad === undefined ? 'passed' : `**${bad.result}**`;
};

const renderRow = (
  { number, fault, expected, note, untested }: Scenario,
  all: readonly NumberedTest[],
): string => {
  const tests = all.filter(({ numbers }) => numbers.includes(number));
  const cells = [
    `R${number}`,
    `${fault}<br>**Must be seen:** ${expected}`,
    renderTests(tests),
    untested === undefined ? renderResult(tests) : 'nothing to test',
    untested ?? note ?? '',
  ];
  return `| ${cells.join(' | ')} |`;
};

/** The whole of docs/reliability.md. The same tests give the same text: it holds no durations, dates or counts of runs. */
export const renderDocument = (chapters: readonly Chapter[], tests: readonly NumberedTest[]): string =>
  [
    introduction,
    ...chapters.flatMap(({ title, scenarios }) => [
      `## ${title}\n`,
      '| Number | What goes wrong | Tests | Result | Note |',
      '| --- | --- | --- | --- | --- |',
      ...scenarios.map((scenario) => renderRow(scenario, tests)),
      '',
    ]),
  ].join('\n');
