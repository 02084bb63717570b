import process from 'node:process';
import { builtDigest, inputsDigest } from './inputs-digest.ts';

// Builds the console where it was never built, or of something else. Where the tools for it are not installed
// (`install --prod`), what is there is served.
const built = builtDigest();
if (built !== inputsDigest()) {
  const tools = await import('./build-console.ts').catch(() => null);
  if (tools !== null) process.stdout.write(`${await tools.buildConsole()}\n`);
  else if (built === null)
    process.stderr.write(
      'The console is not built, and what builds it is not installed: install without --prod.\n',
    );
}
