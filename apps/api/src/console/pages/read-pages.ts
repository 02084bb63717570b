import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The console's pages as they were built. */
export interface Pages {
  /** The folder of scripts, styles, letters and pictures, each with its content in its name. */
  readonly assets: string;
  /** The one document that every address of a page gets. */
  document(styleNonce: string): string;
}

const defaultDirectory = fileURLToPath(new URL('../../../../admin/dist', import.meta.url));

/** Reads the built pages; null where nothing was built. */
export const readPages = (directory: string = defaultDirectory): Pages | null => {
  const file = join(directory, 'index.html');
  if (!existsSync(file)) return null;
  const document = readFileSync(file, 'utf8');
  return {
    assets: join(directory, 'assets'),
    document: (styleNonce) => document.replaceAll('%STYLE_NONCE%', styleNonce),
  };
};
