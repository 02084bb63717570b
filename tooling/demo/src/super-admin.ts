import { randomInt } from 'node:crypto';

/** With what somebody signs in to the console. */
export interface SuperAdmin {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

const words = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'heron', 'inlet', 'lotus'];
// Four words and six digits: 33 bits, behind a limit of tries, for a program on this machine that is gone tomorrow.
const wordCount = 4;

/** A password for this run, easy to type. */
export const makePassword = (): string =>
  [
    ...Array.from({ length: wordCount }, () => words[randomInt(words.length)]),
    String(randomInt(1_000_000)).padStart(6, '0'),
  ].join('-');

// What the console's own pages send with every request.
const headersOf = (url: string) => ({
  origin: url,
  'content-type': 'application/json',
  'x-turn-lever': 'console',
});

/**
 * Accepts the invitation to the console as somebody new, over the procedure that the page calls, and signs in once to
 * see that it works. Throws where either is refused.
 */
export const acceptInvitation = async (
  url: string,
  invitationUrl: string,
  { name, email, password }: SuperAdmin,
): Promise<void> => {
  const post = async (path: string, body: unknown): Promise<void> => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: headersOf(url),
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    await answer.body?.cancel();
  };
  const token = new URL(invitationUrl).hash.slice(1);
  await post('/api/trpc/link.acceptInvitation', { token, newcomer: { name, password } });
  await post('/api/auth/sign-in/email', { email, password });
};
