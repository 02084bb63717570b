/** What the server asks every request of ours to carry; a foreign page cannot send it. */
export const consoleHeaders = { 'x-turn-lever': 'console' } as const;

/** How signing in ended. */
export type SignInEnd = 'signed-in' | 'wrong' | 'too-many' | 'offline' | 'broken';

const post = (path: string, body: unknown): Promise<Response> =>
  fetch(path, {
    method: 'POST',
    headers: { ...consoleHeaders, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Signs in; the session is in a cookie that no script can read. */
export const signIn = async (given: {
  readonly email: string;
  readonly password: string;
}): Promise<SignInEnd> => {
  try {
    const { status } = await post('/api/auth/sign-in/email', given);
    if (status === 200) return 'signed-in';
    if (status === 401 || status === 400) return 'wrong';
    if (status === 429) return 'too-many';
    return status >= 502 ? 'offline' : 'broken';
  } catch {
    return 'offline';
  }
};

/** Signs out; false where the server could not be asked, and the session is still there. */
export const signOut = async (): Promise<boolean> => {
  try {
    return (await post('/api/auth/sign-out', {})).ok;
  } catch {
    return false;
  }
};
