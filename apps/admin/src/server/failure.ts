import { TRPCClientError } from '@trpc/client';

/** How a call to the server ended that did not end well. */
export type FailureKind =
  | 'offline'
  | 'unavailable'
  | 'signed-out'
  | 'password-needed'
  | 'not-allowed'
  | 'not-found'
  | 'conflict'
  | 'too-many'
  | 'wrong-password'
  | 'refused'
  | 'broken';

/** A failure: its kind, and the server's fixed word for why. */
export interface Failure {
  readonly kind: FailureKind;
  readonly why: string | null;
}

const kinds: Readonly<Record<string, FailureKind>> = {
  UNAUTHORIZED: 'signed-out',
  PRECONDITION_FAILED: 'password-needed',
  FORBIDDEN: 'not-allowed',
  NOT_FOUND: 'not-found',
  CONFLICT: 'conflict',
  TOO_MANY_REQUESTS: 'too-many',
  UNPROCESSABLE_CONTENT: 'wrong-password',
  SERVICE_UNAVAILABLE: 'unavailable',
  BAD_REQUEST: 'refused',
};

/** What a thrown value of a call means. Without an answer of our server in it, the network is to blame. */
export const failureOf = (error: unknown): Failure => {
  if (!(error instanceof TRPCClientError)) return { kind: 'broken', why: null };
  const shape: unknown = error.data;
  if (typeof shape !== 'object' || shape === null || !('code' in shape) || typeof shape.code !== 'string')
    return { kind: withoutAnswer(error), why: null };
  return { kind: kinds[shape.code] ?? 'broken', why: error.message };
};

/** An answer that is not ours comes from something in front of the server, which says by it that the server is away. */
const withoutAnswer = (error: TRPCClientError<never>): FailureKind => {
  const response: unknown = error.meta?.response;
  return response instanceof Response && response.status < 500 ? 'broken' : 'offline';
};

/** Whether trying the same again later may help. */
export const mayRetry = ({ kind }: Failure): boolean =>
  kind === 'offline' || kind === 'unavailable' || kind === 'too-many' || kind === 'broken';
