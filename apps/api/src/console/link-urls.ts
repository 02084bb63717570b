import type { LinkPurpose } from '@turn-lever/core/people';

/** The addresses of one-time links. The token is in the fragment, which no server and no log ever sees. */
export const linkUrls =
  (publicUrl: string) =>
  (page: Exclude<LinkPurpose, 'recovery'>, token: string): string =>
    `${publicUrl}/${page}#${token}`;
