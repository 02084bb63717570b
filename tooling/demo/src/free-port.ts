import { createServer } from 'node:net';

const listens = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null));
    });
  });

/** The wanted port of this machine, or any free one where somebody has it. */
export const freePort = async (wanted: number): Promise<number> =>
  (await listens(wanted)) ?? (await listens(0)) ?? wanted;
