import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Ours, and what of Mantine's opens over a page.
const opened = /<(Dialog|ConfirmDialog|Modal|Drawer|Menu|Popover|HoverCard)\b(?!\.)/gu;
// The parts themselves: one opens the other.
const parts = /(?:^|\/)ui\/(?:dialog|confirm-dialog)\.tsx$/u;

/**
 * Everything that the sources of the console declare to open over a page: the file and what it is, with a number where
 * the file declares several of a kind.
 */
export const declaredDialogs = (sources: ReadonlyMap<string, string>): readonly string[] =>
  [...sources]
    .filter(([file]) => !parts.test(file))
    .flatMap(([file, text]) => {
      const seen = new Map<string, number>();
      return [...text.matchAll(opened)].map(([, kind = '']) => {
        const count = (seen.get(kind) ?? 0) + 1;
        seen.set(kind, count);
        return count === 1 ? `${file} ${kind}` : `${file} ${kind} ${count}`;
      });
    })
    .sort();

/** The console's components, by their path from `folder`. */
export const readSources = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    globSync('**/*.tsx', { cwd: folder }).map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );
