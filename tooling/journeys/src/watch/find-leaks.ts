import { type CanaryKind, canaryExpression } from '@turn-lever/core/testing/canaries';
import type { Exchange } from './recording-proxy.ts';

/** Where the console shows people on purpose: candidates' names, and the addresses of those who sign in. */
const shown: readonly { readonly path: RegExp; readonly may: readonly CanaryKind[] }[] = [
  { path: /^\/api\/trpc\/(?:checks|deliveries|backlog)\./u, may: ['name'] },
  // The console's own words name Turn's test identities.
  { path: /^\/assets\/[\w-]+\.js$/u, may: ['name'] },
  { path: /^\/api\/trpc\/(?:person|people|link)\./u, may: ['admin'] },
];

// Enough to find the place by.
const shownOfLeak = 160;

const around = (text: string, at: number): string =>
  text.slice(Math.max(0, at - shownOfLeak / 2), at + shownOfLeak / 2);

/** What of an answer a page can read. The cookie is not for scripts, so its own line may hold it. */
const readable = ({ headers, body }: Exchange): string =>
  `${JSON.stringify({ ...headers, 'set-cookie': undefined })}\n${body}`;

const cookieValues = (exchanges: readonly Exchange[]): readonly string[] =>
  exchanges
    .flatMap(({ headers }) => headers['set-cookie'] ?? [])
    .map((line) => /^[^=]+=([^;]*)/u.exec(line)?.[1] ?? '')
    .filter((value) => value.length > 16)
    .flatMap((value) => [value, decodeURIComponent(value), value.split('.')[0] ?? value]);

/**
 * Everything that went where it must not be: canaries, cookies and secrets of this run in what the program answered to a
 * browser, or in any address a browser asked for, or in what pages wrote to the console or kept. `secrets` are texts
 * without any meaning in a pattern.
 */
export const findLeaks = (heard: {
  readonly exchanges: readonly Exchange[];
  /** Of any origin, without their fragments. */
  readonly addresses: readonly string[];
  /** Console messages, and what is in the storages of pages. */
  readonly kept: readonly string[];
  readonly secrets: readonly string[];
}): readonly string[] => {
  const escaped = (text: string): string => text.replaceAll(/[$()*+./?[\\\]^{|}]/gu, '\\$&');
  const secrets = [...heard.secrets, ...cookieValues(heard.exchanges)].map(escaped);
  const look = (what: string, text: string, may: readonly CanaryKind[] = []): readonly string[] => {
    const at = text.search(canaryExpression(secrets, may));
    return at < 0 ? [] : [`${what}: … ${around(text, at)} …`];
  };
  return [
    ...heard.exchanges
      // Vendors ask for these, not browsers.
      .filter(({ path }) => !path.startsWith('/webhooks/'))
      .flatMap((exchange) =>
        look(
          `answer to ${exchange.method} ${exchange.path.split('?')[0]}`,
          readable(exchange),
          shown.flatMap(({ path, may }) => (path.test(exchange.path) ? may : [])),
        ),
      ),
    ...heard.addresses.flatMap((address) => look('address', decodeURIComponent(address))),
    ...heard.kept.flatMap((text) => look('kept in the browser', text)),
  ];
};
