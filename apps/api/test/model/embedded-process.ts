import type { Database } from '@turn-lever/db/database';
import { openDatabase } from '@turn-lever/db/open-database';
import { canaryWatch } from '@turn-lever/db/testing/canary-watch';
import { pino } from 'pino';
import { compose, type Program } from '../../src/compose.ts';
import { readEnv } from '../../src/env.ts';
import { carryOutCommand } from './carry-out-command.ts';
import { createModelPorts, type ModelEvent, type ModelPorts } from './model-ports.ts';
import type { ProcessUnderTest } from './process-command.ts';
import { programOptions } from './program-options.ts';

/** Thrown at every call to a port of a program that has died. */
class ProgramDiedError extends Error {
  constructor() {
    super('The program died here.');
    this.name = 'ProgramDiedError';
  }
}

interface Life {
  readonly program: Program;
  readonly ports: ModelPorts;
  isOver: boolean;
}

/**
 * The program in this process, on the embedded database. It dies as near to a kill as can be: from there on no call to a
 * port does anything, and `start` takes the same files up again.
 */
export const createEmbeddedProcess = (
  url: string,
  variables: Readonly<Record<string, string>>,
  tell: (event: ModelEvent) => void,
) => {
  let life: Life | null = null;
  let database: Database | null = null;
  const log = pino({ level: 'info' }, { write: (line: string) => canaryWatch.hear('log', line) });

  const run = async (): Promise<void> => {
    const read = readEnv(variables);
    if (read.kind === 'invalid') throw new Error(JSON.stringify(read.issues));
    let isOver = false;
    const ports = createModelPorts(tell, async () => {
      isOver = true;
      throw new ProgramDiedError();
    });
    const program = await compose(read.env, log, {
      ...programOptions,
      replacePort: ports.replacePort,
      openDatabase: async (options) => {
        database = await openDatabase(options);
        return database;
      },
    });
    await program.server.listen({ host: read.env.host, port: read.env.port });
    life = {
      program,
      ports,
      get isOver() {
        return isOver;
      },
    };
  };

  const isUp = (): boolean => life !== null && !life.isOver;
  const embedded: ProcessUnderTest = {
    url,
    isUp,
    start: async () => {
      if (isUp()) return;
      await life?.program.stop(1000);
      life = null;
      await run();
    },
    ask: async (command) => {
      const at = life;
      if (at === null || at.isOver) return { kind: 'died' };
      const answer = await carryOutCommand(at.program, at.ports, command);
      return at.isOver && answer.kind !== 'answered' ? { kind: 'died' } : answer;
    },
    close: async () => {
      await life?.program.stop(1000);
      life = null;
    },
  };
  return {
    ...embedded,
    /** Asks the database, also where the program in front of it has died. */
    query: async (statement: string, parameters: readonly (string | null)[]): Promise<readonly unknown[]> => {
      if (database === null) throw new Error('The database is not open.');
      return database.runPrepared(statement, parameters);
    },
  };
};
