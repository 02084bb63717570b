import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}

/** The manifest that Vite writes: chunks by name. */
export type Manifest = Readonly<Record<string, Chunk>>;

/** The scripts that every visit loads before anything is shown: the entry and what it imports, and that in turn. */
export const initialScripts = (manifest: Manifest): readonly string[] => {
  const found = new Set<string>();
  const visit = (name: string): void => {
    const chunk = manifest[name];
    if (chunk === undefined || found.has(chunk.file)) return;
    found.add(chunk.file);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  for (const [name, chunk] of Object.entries(manifest)) if (chunk.isEntry) visit(name);
  return [...found].filter((file) => file.endsWith('.js'));
};

/** How much of it goes over the network, in bytes after gzip. */
export const measureInitial = (directory: string): number => {
  const manifest: Manifest = JSON.parse(readFileSync(join(directory, '.vite/manifest.json'), 'utf8'));
  return initialScripts(manifest)
    .map((file) => gzipSync(readFileSync(join(directory, file))).byteLength)
    .reduce((sum, size) => sum + size, 0);
};
