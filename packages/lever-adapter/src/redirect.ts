/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const isAllowed = (from: URL, to: URL, hosts: readonly string[]): boolean =>
  to.origin === from.origin ||
  (to.protocol === 'https:' && to.port === '' && hosts.some((host) => to.hostname.endsWith(`.${host}`)));

const targetOf = (response: Response, from: URL, hosts: readonly string[]): URL | null => {
  const location = response.headers.get('location');
  const to = response.status === 301 && location !== null ? URL.parse(location, from.href) : null;
  return to !== null && to.username === '' && to.password === '' && isAllowed(from, to, hosts) ? to : null;
};

/**
 * A fetch that follows one 301, keeping method, body and headers: Lever sends European accounts to another data centre
 * so (`lever-api.md` §1), and fetch itself would turn a POST into a GET. Only to the same origin or, by https, below one
 * of `hosts`, since the request carries a token. Any other redirect is given back as the answer.
 */
export const followOneRedirect =
  (fetch: Fetch, hosts: readonly string[]): Fetch =>
  async (url, init) => {
    const response = await fetch(url, { ...init, redirect: 'manual' });
    const to = targetOf(response, new URL(url), hosts);
    if (to === null) return response;
    await response.body?.cancel();
    return fetch(to.href, { ...init, redirect: 'manual' });
  };
