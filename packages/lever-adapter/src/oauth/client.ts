import { allowInsecureRequests, ClientSecretPost, Configuration, customFetch } from 'openid-client';
import { readText } from '../api/answer.ts';
import type { Fetch } from '../redirect.ts';
import { isLoopback, type LeverEnvironmentConfig } from './environments.ts';

const largestAnswer = 64 * 1024;

const bounded =
  (fetch: Fetch) =>
  async (url: string, init: RequestInit): Promise<Response> => {
    const { headers, status, ...response } = await fetch(url, init).then(async (answer) => ({
      headers: answer.headers,
      status: answer.status,
      text: await readText(answer, largestAnswer),
    }));
    return new Response(response.text, { status, headers });
  };

/** Who an environment's tokens and returns are of. */
export const issuerOf = ({ issuer, authUrl }: LeverEnvironmentConfig): string => issuer ?? authUrl;

/** Our OAuth app in one environment. Lever publishes no metadata that could be read. `timeout` is in ms. */
export const createOAuthClient = (
  config: LeverEnvironmentConfig,
  { fetch, timeout }: { readonly fetch: Fetch; readonly timeout: number },
): Configuration => {
  const { authUrl } = config;
  const client = new Configuration(
    {
      issuer: issuerOf(config),
      authorization_endpoint: `${authUrl}/authorize`,
      token_endpoint: `${authUrl}/oauth/token`,
    },
    config.clientId,
    undefined,
    ClientSecretPost(config.clientSecret),
  );
  client[customFetch] = bounded(fetch) as (typeof client)[typeof customFetch] & object;
  client.timeout = timeout / 1000;
  const { protocol, hostname } = new URL(authUrl);
  if (protocol === 'http:' && isLoopback(hostname)) allowInsecureRequests(client);
  return client;
};
