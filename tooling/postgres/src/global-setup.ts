import type { TestProject } from 'vitest/node';
import { startPostgres } from './start-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser URL of the test run's own Postgres. Make a database of your own there with `createDatabase`. */
    postgresUrl: string;
  }
}

/** A vitest `globalSetup`: one server for all test files of the project that names it. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const server = await startPostgres();
  project.provide('postgresUrl', server.url);
  return server.stop;
};
