import process from 'node:process';
import { buildConsole } from './build-console.ts';

try {
  process.stdout.write(`${await buildConsole()}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
