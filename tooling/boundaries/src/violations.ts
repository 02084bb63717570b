/** A boundary that somebody crosses, and the check that must notice. */
export interface Violation {
  readonly title: string;
  /** File to be written, from the root of the repository. */
  readonly file: string;
  readonly content: string;
  readonly check: CheckName;
  /** What the check must name. */
  readonly named: RegExp;
}

/** The commands that guard boundaries, by the name under which they run in `test`. */
export const checks = {
  lint: ['biome', 'check', '--max-diagnostics=none', '--colors=off', '.'],
  boundaries: ['turbo', 'boundaries', '--no-color'],
  types: ['tsc', '-p', 'packages/core', '--pretty', 'false'],
} as const;

/** One of the checks. */
export type CheckName = keyof typeof checks;

/** Every boundary of the architecture, crossed once. */
export const violations: readonly Violation[] = [
  {
    title: 'core reads a file',
    file: 'packages/core/src/planted.ts',
    content: "import { readFileSync } from 'node:fs';\nexport const planted = readFileSync('x');\n",
    check: 'types',
    named: /planted\.ts.*node:fs/u,
  },
  {
    title: 'core imports a Node module, seen by lint too',
    file: 'packages/core/src/planted.ts',
    content: "export { readFileSync } from 'node:fs';\n",
    check: 'lint',
    named: /planted\.ts.*noRestrictedImports/u,
  },
  {
    title: 'core uses the DOM',
    file: 'packages/core/src/planted.ts',
    content: "export const planted = (): unknown => document.querySelector('x');\n",
    check: 'types',
    named: /planted\.ts.*document/u,
  },
  {
    title: 'core imports an adapter',
    file: 'packages/core/src/planted.ts',
    content: "export { parseTurnWebhook } from '@turn-lever/turn-adapter/webhook/parse';\n",
    check: 'lint',
    named: /planted\.ts.*noRestrictedImports/u,
  },
  {
    title: 'core imports an adapter, seen between packages',
    file: 'packages/core/src/planted.ts',
    content: "export { parseTurnWebhook } from '@turn-lever/turn-adapter/webhook/parse';\n",
    check: 'boundaries',
    named: /turn-adapter/u,
  },
  {
    title: 'core takes a package from npm',
    file: 'packages/core/src/planted.ts',
    content: "import { z } from 'zod';\nexport const planted = z;\n",
    check: 'lint',
    named: /planted\.ts.*noUndeclaredDependencies/u,
  },
  {
    title: 'the environment is read outside env.ts',
    file: 'apps/api/src/planted.ts',
    content: "import process from 'node:process';\nexport const planted = process.env.HOME;\n",
    check: 'lint',
    named: /planted\.ts.*noProcessEnv/u,
  },
  {
    title: 'the environment is read through the global, taken apart',
    file: 'packages/db/src/planted.ts',
    content: 'const { env } = process;\nexport const planted = env.HOME;\n',
    check: 'lint',
    named: /planted\.ts.*noRestrictedGlobals/u,
  },
  {
    title: 'the environment is imported by name',
    file: 'packages/turn-adapter/src/planted.ts',
    content: "import { env } from 'node:process';\nexport const planted = env.HOME;\n",
    check: 'lint',
    named: /planted\.ts.*noRestrictedImports/u,
  },
  {
    title: 'an adapter reaches the database',
    file: 'packages/lever-adapter/src/planted.ts',
    content: "export { openDatabase } from '@turn-lever/db/open-database';\n",
    check: 'boundaries',
    named: /@turn-lever\/db/u,
  },
  {
    title: 'an adapter reaches the database by a path',
    file: 'packages/turn-adapter/src/planted.ts',
    content: "export { openDatabase } from '../../db/src/open-database.ts';\n",
    check: 'boundaries',
    named: /db\/src\/open-database/u,
  },
  {
    title: 'the console reaches the database',
    file: 'apps/admin/src/planted.ts',
    content: "export { openDatabase } from '@turn-lever/db/open-database';\n",
    check: 'lint',
    named: /planted\.ts.*noRestrictedImports/u,
  },
  {
    title: 'the console reaches the database, seen between packages',
    file: 'apps/admin/src/planted.ts',
    content: "export { createStores } from '../../../packages/db/src/create-stores.ts';\n",
    check: 'boundaries',
    named: /db\/src\/create-stores/u,
  },
  {
    title: "the console takes the API's code instead of its types",
    file: 'apps/admin/src/planted.ts',
    content: "export { createRouter } from '@turn-lever/api/console/create-router';\n",
    check: 'lint',
    named: /planted\.ts.*noRestrictedImports/u,
  },
  {
    title: 'the emulator shares our code',
    file: 'tooling/emulator/src/planted.ts',
    content: "export { parseTurnWebhook } from '@turn-lever/turn-adapter/webhook/parse';\n",
    check: 'boundaries',
    named: /turn-adapter/u,
  },
];
