import { freePort } from '@turn-lever/postgres/free-port';
import postgres from 'postgres';
import { createVendors, type Vendors } from '../vendors.ts';
import { createChildProcess } from './child-process.ts';
import { createEmbeddedProcess } from './embedded-process.ts';
import type { ModelEvent } from './model-ports.ts';
import type { ProcessUnderTest } from './process-command.ts';

/** A row as the database answers it, with times as numbers of ms where the statement asks for them so. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

/** What outlives a run: both emulated vendors, one database, and one or two programs on it. */
export interface RealStage {
  readonly vendors: Vendors;
  readonly processes: readonly ProcessUnderTest[];
  /** Asks the database itself, past every program. */
  ask(statement: string, ...parameters: (string | null)[]): Promise<readonly Row[]>;
  /** Hears from now on what happens in the programs; who heard before does no more. */
  hear(listener: (process: 0 | 1, event: ModelEvent) => void): void;
  close(): Promise<void>;
}

/**
 * Opens a stage. With `databaseUrl` there are two programs, each a process of its own; without one a single program in
 * this process, on the embedded database. Nothing is started yet.
 */
export const createRealStage = async (options: { readonly databaseUrl?: string }): Promise<RealStage> => {
  const { databaseUrl } = options;
  // Nobody moves candidates by hand here: the model delivers what Lever would.
  const vendors = await createVendors(databaseUrl === undefined ? {} : { databaseUrl });
  let listener: (process: 0 | 1, event: ModelEvent) => void = () => {};
  const tellOf = (process: 0 | 1) => (event: ModelEvent) => listener(process, event);
  const variables = { ...vendors.variables, PUBLIC_URL: vendors.url };
  const hear: RealStage['hear'] = (given) => {
    listener = given;
  };

  if (databaseUrl === undefined) {
    const only = createEmbeddedProcess(vendors.url, variables, tellOf(0));
    return {
      vendors,
      processes: [only],
      ask: async (statement, ...parameters) => (await only.query(statement, parameters)) as readonly Row[],
      hear,
      close: async () => {
        await only.close();
        await vendors.close();
      },
    };
  }

  const client = postgres(databaseUrl, { max: 2, onnotice: () => {} });
  const second = `http://127.0.0.1:${await freePort()}`;
  const processes = [
    createChildProcess(vendors.url, variables, tellOf(0)),
    createChildProcess(second, variables, tellOf(1)),
  ];
  return {
    vendors,
    processes,
    ask: async (statement, ...parameters) => [...(await client.unsafe<Row[]>(statement, parameters))],
    hear,
    close: async () => {
      await Promise.all(processes.map((process) => process.close()));
      await client.end();
      await vendors.close();
    },
  };
};
