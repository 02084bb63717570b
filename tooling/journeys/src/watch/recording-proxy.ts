import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';

/** One request for the program, with all that came back. */
export interface Exchange {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Stands where `PUBLIC_URL` points, hands everything on to the program, and keeps what it answers. */
export interface RecordingProxy {
  readonly port: number;
  /** In the order in which the answers came; grows. */
  readonly exchanges: readonly Exchange[];
  close(): Promise<void>;
}

/**
 * A browser forgets the body of an answer as soon as it goes to another page, which is just when an answer with an
 * address to go to is interesting. So answers are kept on their way.
 */
export const createRecordingProxy = async (targetPort: number): Promise<RecordingProxy> => {
  const exchanges: Exchange[] = [];
  const server: Server = createServer((incoming, outgoing) => {
    const { method = 'GET', url: path = '/' } = incoming;
    // Compressed answers could not be searched.
    const { 'accept-encoding': _, ...headers } = incoming.headers;
    const onward = request(
      { host: '127.0.0.1', port: targetPort, method, path, headers },
      (answer: IncomingMessage) => {
        const parts: Buffer[] = [];
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.on('data', (part: Buffer) => {
          parts.push(part);
          outgoing.write(part);
        });
        answer.on('end', () => {
          const body = Buffer.concat(parts).toString('utf8');
          exchanges.push({ method, path, status: answer.statusCode ?? 0, headers: answer.headers, body });
          outgoing.end();
        });
      },
    );
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has an address object.');
  return {
    port: address.port,
    exchanges,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
