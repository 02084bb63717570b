import process from 'node:process';
import { parseArgs } from 'node:util';
import { startNear } from './http/listen-near.ts';
import { createLeverEmulator } from './lever/create-lever-emulator.ts';
import { seed } from './seed.ts';
import { createTurnEmulator } from './turn/create-turn-emulator.ts';

const { values } = parseArgs({
  options: {
    'lever-port': { type: 'string', default: '4010' },
    'turn-port': { type: 'string', default: '4020' },
  },
});

const wanted = { lever: portOf('lever-port'), turn: portOf('turn-port') };
const lever = await startNear(wanted.lever, (port) => createLeverEmulator({ port }));
const turn = await startNear(wanted.turn, (port) => createTurnEmulator({ port }));
const { leverAccount, turnAccount } = seed(lever, turn);

say(`Lever  ${lever.url}${portNote(lever.url, wanted.lever)}
       API ${lever.apiUrl}   audience ${lever.audience}
       authorize ${lever.authUrl}/authorize   token ${lever.authUrl}/oauth/token
       client id ${lever.clientId}   client secret ${lever.clientSecret}
       account ${leverAccount.id} (${leverAccount.name})
Turn   ${turn.url}${portNote(turn.url, wanted.turn)}
       API ${turn.apiUrl}   dashboard host ${turn.dashboardHost}
       account ${turnAccount.id} (${turnAccount.name})
       token ${turnAccount.token}
Stop with Ctrl+C; everything is forgotten then.`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.all([lever.close(), turn.close()]).then(() => process.exit(0));
  });
}

function portOf(name: 'lever-port' | 'turn-port'): number {
  const port = Number(values[name]);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  process.stderr.write(`--${name} must be a port number, not "${values[name]}".\n`);
  process.exit(1);
}

function portNote(url: string, port: number): string {
  return port === 0 || new URL(url).port === String(port) ? '' : `   (port ${port} was taken)`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
