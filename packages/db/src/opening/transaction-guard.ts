import { AsyncLocalStorage } from 'node:async_hooks';

/** The outer handle was used inside a transaction. On PGlite that statement would wait for ever for its own transaction. */
export class OuterHandleError extends Error {
  constructor() {
    super(
      'The database was used inside a transaction of its own: use the `tx` that the transaction was given.',
    );
    this.name = 'OuterHandleError';
  }
}

// An object, not a flag: what was started inside and lives longer (a timer, a loop) must not be blamed afterwards.
const inside = new AsyncLocalStorage<{ isOpen: boolean }>();

/** Throws `OuterHandleError` while the calling code runs inside a transaction. */
const assertOutside = (): void => {
  if (inside.getStore()?.isOpen === true) throw new OuterHandleError();
};

type Client = Record<string, unknown>;

/**
 * Wraps a driver's client: `statements` throw inside a transaction, and `begin` opens one for the function it is given.
 * The transaction's own client is another object and stays free.
 */
export const guardTransactions = <T extends object>(
  client: T,
  methods: { readonly statements: readonly string[]; readonly begin: string },
): T => {
  const target = client as Client;
  const call = (name: string, given: unknown[]): unknown => {
    assertOutside();
    return (target[name] as (...all: unknown[]) => unknown).apply(client, given);
  };
  const begin = (...given: unknown[]): unknown =>
    call(
      methods.begin,
      given.map((argument) => (typeof argument === 'function' ? opened(argument as Work) : argument)),
    );
  const guarded = new Map<string | symbol, unknown>([
    ...methods.statements.map(
      (name) => [name, (...given: unknown[]) => call(name, given)] as [string, unknown],
    ),
    [methods.begin, begin],
  ]);
  return new Proxy(client, {
    get: (from, name) => {
      if (guarded.has(name)) return guarded.get(name);
      const value: unknown = Reflect.get(from, name, from);
      return typeof value === 'function' ? value.bind(from) : value;
    },
  });
};

type Work = (...all: unknown[]) => Promise<unknown>;

const opened =
  (work: Work): Work =>
  (...all) => {
    const store = { isOpen: true };
    return inside.run(store, async () => {
      try {
        return await work(...all);
      } finally {
        store.isOpen = false;
      }
    });
  };
