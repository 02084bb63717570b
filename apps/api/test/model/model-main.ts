import process from 'node:process';
import { pino } from 'pino';
import { compose } from '../../src/compose.ts';
import { readEnv } from '../../src/env.ts';
import { carryOutCommand } from './carry-out-command.ts';
import { createModelPorts } from './model-ports.ts';
import type { ProcessCommand } from './process-command.ts';
import { programOptions } from './program-options.ts';

/**
 * The program as a child process of the model test: it carries out what the driver asks over the channel between parent
 * and child, kills itself at a call to a port, and tells of both on standard output before it does.
 */
const log = pino({ level: 'info', base: null });

const ports = createModelPorts(
  // Written at once, unlike a message: after it the process may be gone.
  (event) => void process.stdout.write(`${JSON.stringify({ model: event })}\n`),
  () => {
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => {});
  },
);

const read = readEnv();
if (read.kind === 'invalid') throw new Error(JSON.stringify(read.issues));
const program = await compose(read.env, log, { ...programOptions, replacePort: ports.replacePort });
await program.server.listen({ host: read.env.host, port: read.env.port });

process.on('message', (message) => {
  const { id, command } = message as { readonly id: number; readonly command: ProcessCommand };
  void carryOutCommand(program, ports, command).then((answer) => process.send?.({ id, answer }));
});
// Nobody is left to ask for anything.
process.once('disconnect', () => process.exit(0));
process.send?.({ id: 0, answer: { kind: 'answered', value: 'up' } });
