import { connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP way to a Postgres that can be cut, fall silent, or lose one answer. */
export interface DatabaseLine {
  /** The database's address by this way. */
  readonly url: string;
  /** Ends every connection and refuses new ones. */
  cut(): void;
  /** Keeps connections open, and carries nothing any more: what is sent is swallowed. */
  silence(): void;
  /** New connections work again. */
  restore(): void;
  /**
   * The next statement whose bytes hold `text` reaches the server; the moment the server has answered it, the connection
   * is cut instead. A statement outside a transaction is then committed, and nobody was told.
   */
  loseAnswerTo(text: string): void;
  /** Answers lost so. */
  readonly lost: () => number;
  /** Pieces of data that silence swallowed. */
  readonly swallowed: () => number;
  close(): void;
}

/** Opens a way on 127.0.0.1 to the database of `url`. */
export const openDatabaseLine = async (url: string): Promise<DatabaseLine> => {
  const direct = new URL(url);
  const sockets = new Set<Socket>();
  let isCut = false;
  let isSilent = false;
  let doomed: string | null = null;
  let lost = 0;
  let swallowed = 0;
  const swallow = (socket: Socket): void => {
    sockets.add(socket);
    socket.unpipe().on('data', () => {
      swallowed += 1;
    });
    socket.on('error', () => {});
  };

  const carry = (near: Socket): void => {
    const far = connect(Number(direct.port), direct.hostname);
    let isDoomed = false;
    near.on('data', (chunk) => {
      if (doomed !== null && chunk.includes(doomed)) {
        isDoomed = true;
        doomed = null;
      }
    });
    far.on('data', () => {
      if (!isDoomed) return;
      isDoomed = false;
      lost += 1;
      near.destroy();
    });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.pipe(to).on('error', () => {});
      from.on('error', () => {}).on('close', () => to.destroy());
    }
  };

  const server: Server = createServer((near) => {
    if (isCut) near.destroy();
    else if (isSilent) swallow(near);
    else carry(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const through = new URL(direct);
  through.host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const endAll = (): void => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    url: through.href,
    cut: () => {
      isCut = true;
      endAll();
    },
    silence: () => {
      isSilent = true;
      for (const socket of sockets) swallow(socket);
    },
    restore: () => {
      isCut = false;
      isSilent = false;
    },
    loseAnswerTo: (text) => {
      doomed = text;
    },
    lost: () => lost,
    swallowed: () => swallowed,
    close: () => {
      endAll();
      server.close();
    },
  };
};
