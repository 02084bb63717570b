import type { Environment } from '@turn-lever/core/connection';

/** Where one of Lever's two worlds is. */
export interface LeverEndpoints {
  /** Root of the API, without a slash at its end. */
  readonly apiUrl: string;
  /** Root of `/authorize` and `/oauth/token`. */
  readonly authUrl: string;
  /** What a grant is asked for; its slash at the end matters (`lever-api.md` §2.1). */
  readonly audience: string;
  /** What it calls itself in a return (`iss`, RFC 9207); `authUrl` where left out. A slash at its end does not matter. */
  readonly issuer?: string;
}

/** One of Lever's two worlds with our OAuth app there: separate hosts, separate apps. Holds a secret. */
export interface LeverEnvironmentConfig extends LeverEndpoints {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Lever's own addresses (`lever-api.md` §1). */
export const leverEndpoints: Readonly<Record<Environment, LeverEndpoints>> = {
  production: {
    apiUrl: 'https://api.lever.co/v1',
    authUrl: 'https://auth.lever.co',
    audience: 'https://api.lever.co/v1/',
  },
  sandbox: {
    apiUrl: 'https://api.sandbox.lever.co/v1',
    authUrl: 'https://sandbox-lever.auth0.com',
    audience: 'https://api.sandbox.lever.co/v1/',
  },
};

/** Whether a host name is this machine. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/** Throws where a token or secret would travel in clear to another machine. */
export const requireSafeEndpoints = ({ apiUrl, authUrl }: LeverEndpoints): void => {
  for (const text of [apiUrl, authUrl]) {
    const { protocol, hostname } = new URL(text);
    if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) {
      throw new Error('Lever is reached by https only; plain http is for an emulator on this machine.');
    }
  }
};
