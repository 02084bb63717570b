import process from 'node:process';
import { DatabaseHeldError } from '@turn-lever/db/opening/directory-lock';
import { DatabaseTooOldError } from '@turn-lever/db/opening/open-server';
import closeWithGrace from 'close-with-grace';
import { compose } from './compose.ts';
import { describeEnvIssues, readEnv } from './env.ts';
import { createLog, describeError } from './log.ts';

// Below the 30 s after which most platforms kill, in ms.
const stopWithin = 25_000;

const read = readEnv();
if (read.kind === 'invalid') {
  process.stderr.write(`${describeEnvIssues(read.issues)}\n`);
  process.exit(1);
}
const { env } = read;
const log = createLog(env.logLevel);

try {
  const program = await compose(env, log);
  closeWithGrace({ delay: stopWithin, logger: false }, async ({ err, signal }) => {
    if (err === undefined) log.info({ signal }, 'stopping');
    else log.fatal(describeError(err), 'stopping after an error');
    await program.stop(stopWithin - 5000);
    log.info('stopped');
  });
  await program.server.listen({ host: env.host, port: env.port });
  const database = env.databaseUrl === null ? 'embedded' : 'server';
  log.info({ publicUrl: env.publicUrl, role: env.role, database }, 'listening');
  // Not in the log: whoever has it becomes the Super Admin.
  const setUpUrl = env.role === 'worker' ? null : await program.setUpUrl();
  if (setUpUrl !== null) process.stdout.write(`Make the first account within a day: ${setUpUrl}\n`);
} catch (error) {
  if (error instanceof DatabaseHeldError || error instanceof DatabaseTooOldError)
    process.stderr.write(`${error.message}\n`);
  else log.fatal(describeError(error), 'could not start');
  process.exit(1);
}
