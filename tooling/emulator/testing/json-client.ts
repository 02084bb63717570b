export interface JsonAnswer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the emulated vendor sent.
  body: any;
}

export type JsonClient = (method: string, path: string, body?: unknown) => Promise<JsonAnswer>;

/** A client for tests: JSON in, JSON out, redirects not followed. */
export function jsonClient(root: string, token: string | null): JsonClient {
  return async (method, path, body) => {
    const response = await fetch(`${root}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
}
