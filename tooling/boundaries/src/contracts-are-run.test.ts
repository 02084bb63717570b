import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const core = 'packages/core';

/** Names of the ports: every file in the folder but the one with their error. */
const ports = readdirSync(join(root, core, 'src/ports'))
  .map((file) => file.replace(/\.ts$/u, ''))
  .filter((name) => name !== 'port-error');
const testing = new Set(readdirSync(join(root, core, 'testing')));
const tests = globSync('{packages,apps}/*/{src,test,testing}/**/*.test.ts', { cwd: root }).map((path) => ({
  path,
  text: readFileSync(join(root, path), 'utf8'),
}));

const contractOf = (port: string): string => {
  const words = port.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `describe${words.join('')}Contract`;
};

/** Test files that call the contract; importing it is not enough. */
const callersOf = (port: string): readonly string[] =>
  tests.filter(({ text }) => text.includes(`${contractOf(port)}(`)).map(({ path }) => path);

test('there are ports to look at', () => {
  expect(ports).toContain('checks');
});

test.each(ports)('the port %s has a fake and a contract', (port) => {
  expect([...testing]).toEqual(expect.arrayContaining([`fake-${port}.ts`, `${port}-contract.ts`]));
});

test.each(ports)('the contract of %s is run on its fake', (port) => {
  expect(callersOf(port)).toContain(`${core}/testing/fake-${port}.test.ts`);
});

test.each(ports)('the contract of %s is run on an implementation outside core', (port) => {
  expect(callersOf(port).filter((path) => !path.startsWith(`${core}/`))).not.toEqual([]);
});
