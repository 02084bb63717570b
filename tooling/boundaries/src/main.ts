import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { type CheckName, checks, type Violation, violations } from './violations.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'turn-lever-boundaries-'));
const leftOut = new Set(['.git', '.turbo', '.data', '.cache']);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

// Links between packages are relative, so they hold in the copy; the store itself is linked, not copied.
cpSync(root, copy, {
  recursive: true,
  verbatimSymlinks: true,
  filter: (source) => !leftOut.has(basename(source)) && source !== join(root, 'node_modules'),
});
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

const run = (check: CheckName, file?: string): { failed: boolean; output: string } => {
  const [command, ...given] = checks[check];
  // Looking at the one file is what takes lint from seconds to an instant; the others need everything.
  const args = check === 'lint' && file !== undefined ? [...given.slice(0, -1), file] : given;
  const done = spawnSync(join(root, 'node_modules/.bin', command), args, { cwd: copy, encoding: 'utf8' });
  return { failed: done.status !== 0, output: `${done.stdout}${done.stderr}` };
};

const plant = ({ file, content }: Violation): (() => void) => {
  const path = join(copy, file);
  writeFileSync(path, content);
  return () => rmSync(path);
};

const problems: string[] = [];
try {
  for (const check of Object.keys(checks) as CheckName[]) {
    const { failed, output } = run(check);
    if (failed) problems.push(`${check} fails before anything is planted:\n${output.slice(-3000)}`);
  }
  for (const violation of problems.length > 0 ? [] : violations) {
    const remove = plant(violation);
    const { failed, output } = run(violation.check, violation.file);
    remove();
    const isNoticed = failed && violation.named.test(output);
    say(`${isNoticed ? 'noticed' : 'MISSED '}  ${violation.check.padEnd(10)}  ${violation.title}`);
    if (!isNoticed)
      problems.push(
        `${violation.title}: ${violation.check} should name ${violation.named}:\n${output.slice(-2000)}`,
      );
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
for (const problem of problems) say(`\n${problem}`);
say(`${violations.length} boundaries planted, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
