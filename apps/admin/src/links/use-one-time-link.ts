import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import type { LinkPurpose } from '@turn-lever/core/people';
import { failureOf } from '../server/failure.ts';
import { type Outputs, trpcClient } from '../server/trpc.ts';

type OpenLink = Outputs['link']['open'];

/** How the link in the address stands. */
export type LinkState<Purpose extends LinkPurpose> =
  | { readonly kind: 'opening' }
  /** Used, withdrawn, too old, or not whole. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly retry: () => void }
  | { readonly kind: 'open'; readonly token: string; readonly link: Extract<OpenLink, { purpose: Purpose }> };

const isFor = <Purpose extends LinkPurpose>(
  link: OpenLink,
  purpose: Purpose,
): link is Extract<OpenLink, { purpose: Purpose }> => link.purpose === purpose;

/** Opens the one-time link whose token is in the fragment of the address, which no server sees. */
export const useOneTimeLink = <Purpose extends LinkPurpose>(purpose: Purpose): LinkState<Purpose> => {
  const { hash: token } = useLocation();
  const { data, error, refetch } = useQuery({
    queryKey: ['one-time link', token],
    queryFn: () => trpcClient.link.open.mutate({ token }),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnReconnect: false,
  });
  if (token === '') return { kind: 'broken' };
  if (data !== undefined)
    return isFor(data, purpose) ? { kind: 'open', token, link: data } : { kind: 'broken' };
  if (error === null) return { kind: 'opening' };
  const { kind } = failureOf(error);
  return kind === 'not-found' || kind === 'refused'
    ? { kind: 'broken' }
    : { kind: 'failed', error, retry: () => void refetch() };
};
