import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail server that keeps what it gets, and refuses whoever lives at `refused.example.com`. */
export const startMailServer = async () => {
  const letters: { readonly to: readonly string[]; readonly source: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo: ({ address }, _session, callback) =>
      callback(address.endsWith('@refused.example.com') ? new Error(`no ${address} here`) : null),
    onData: (stream, session, callback) => {
      void text(stream).then((source) => {
        letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), source });
        callback(null);
      });
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  const { port } = listening.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { letters, url: `smtp://127.0.0.1:${port}`, close };
};

/** The body as it is read, whatever it was encoded as on its way. */
export const bodyOf = (source: string): string => source.replace(/=\r\n/gu, '').replace(/=3D/gu, '=');
