import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const opened = /<(?:Dialog|ConfirmDialog)\b/gu;
// The parts themselves: one opens the other.
const parts = /(?:^|\/)ui\/(?:dialog|confirm-dialog)\.tsx$/u;
const foreign = /\b(?:Modal|Drawer|Popover|Menu|HoverCard|Spotlight)\b[^;]*from '@mantine/u;

/** Every dialog that the sources of the console declare: the file, with a number where it declares several. */
export const declaredDialogs = (sources: ReadonlyMap<string, string>): readonly string[] =>
  [...sources]
    .filter(([file]) => !parts.test(file))
    .flatMap(([file, text]) =>
      [...text.matchAll(opened)].map((_, index) => (index === 0 ? file : `${file} ${index + 1}`)),
    )
    .sort();

/** Files that make a dialog, or something that opens like one, of another part than ours; it would not be counted. */
export const uncountedDialogs = (sources: ReadonlyMap<string, string>): readonly string[] =>
  [...sources].filter(([file, text]) => !parts.test(file) && foreign.test(text)).map(([file]) => file);

/** The console's components, by their path from `folder`. */
export const readSources = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    globSync('**/*.tsx', { cwd: folder }).map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );
