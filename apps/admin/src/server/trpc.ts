import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpLink } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import type { ConsoleRouter } from '@turn-lever/api/router';
import { askAndRepeat } from './ask-and-repeat.ts';
import { consoleHeaders } from './console-fetch.ts';
import { failureOf, mayRetry } from './failure.ts';
import { type Prompt, prompter } from './prompt.ts';

const context = createTRPCContext<ConsoleRouter>();
/** Gives the pages `useTRPC`. */
export const { TRPCProvider } = context;
/** The options of every call, for `useQuery` and `useMutation`: `trpc.people.list.queryOptions({ accountId })`. */
export const { useTRPC } = context;

/** What the server answers, by procedure. */
export type Outputs = inferRouterOutputs<ConsoleRouter>;

// Signed in in this page before: then a session that has ended is asked for in place, and nothing typed is lost.
let hasBeenSignedIn = false;

const promptFor = (kind: string): Prompt | null => {
  if (kind === 'password-needed') return 'password';
  return kind === 'signed-out' && hasBeenSignedIn ? 'sign-in' : null;
};

/** From now on, a session that ends is asked for in place. False again once the person has signed out. */
export const rememberSignedIn = (isSignedIn: boolean): void => {
  hasBeenSignedIn = isSignedIn;
};

/** The server takes one call at a time, so there is no batching. */
export const trpcClient = createTRPCClient<ConsoleRouter>({
  links: [
    askAndRepeat({ promptFor, ask: (prompt) => prompter.ask(prompt) }),
    httpLink({ url: '/api/trpc', headers: consoleHeaders }),
  ],
});

/**
 * Makes the cache. `onSignedOut` is called where a call cannot go on without signing in, unless its `meta` says
 * `mayBeSignedOut`.
 */
export const createQueryClient = (onSignedOut: () => void): QueryClient => {
  const onError = (error: unknown, meta: Readonly<Record<string, unknown>> | undefined): void => {
    if (meta?.mayBeSignedOut !== true && failureOf(error).kind === 'signed-out') onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error, { meta }) => onError(error, meta) }),
    mutationCache: new MutationCache({ onError: (error, _given, _kept, { meta }) => onError(error, meta) }),
    defaultOptions: {
      queries: {
        // A moment of the network is not worth a word; an answer that says no will not change.
        retry: (failures, error) => failures < 2 && mayRetry(failureOf(error)),
        retryDelay: (failures) => 500 * 2 ** failures,
        staleTime: 5000,
      },
      // What changes something is repeated by a person, or not at all.
      mutations: { retry: false },
    },
  });
};
