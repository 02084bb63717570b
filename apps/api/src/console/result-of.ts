import { TRPCError } from '@trpc/server';

/** How a use case that a person triggers ended. */
type End<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'forbidden' | 'not-found' | 'too-late' | 'last-super-admin' }
  | { readonly kind: 'refused'; readonly why: string };

/** The result of a use case. Throws `TRPCError` with a code for the console where there is none. */
export const resultOf = async <Result>(ending: Promise<End<Result>>): Promise<Result> => {
  const end = await ending;
  switch (end.kind) {
    case 'done':
      return end.result;
    case 'forbidden':
      throw new TRPCError({ code: 'FORBIDDEN', message: 'not allowed' });
    case 'not-found':
      throw new TRPCError({ code: 'NOT_FOUND', message: 'not found' });
    case 'refused':
      throw end.why === 'not-found'
        ? new TRPCError({ code: 'NOT_FOUND', message: 'not found' })
        : new TRPCError({ code: 'CONFLICT', message: end.why });
    default:
      throw new TRPCError({ code: 'CONFLICT', message: end.kind });
  }
};
