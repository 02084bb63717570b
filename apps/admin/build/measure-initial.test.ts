import { expect, test } from 'vitest';
import { initialScripts } from './measure-initial.ts';

test('counts the entry and what it imports, once each and in turn, and nothing that is loaded later', () => {
  const manifest = {
    'index.html': { file: 'entry.js', isEntry: true, imports: ['_a.js', '_b.js'] },
    '_a.js': { file: 'a.js', imports: ['_b.js'] },
    '_b.js': { file: 'b.js', imports: ['_a.js'] },
    'src/page.tsx': { file: 'page.js', imports: ['_c.js'] },
    '_c.js': { file: 'c.js' },
    'style.css': { file: 'style.css', isEntry: true },
  };
  expect(initialScripts(manifest)).toEqual(['entry.js', 'a.js', 'b.js']);
});
