import { TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { ConsoleRouter } from '@turn-lever/api/router';
import { expect, test } from 'vitest';
import { askAndRepeat } from './ask-and-repeat.ts';
import type { Prompt } from './prompt.ts';

type Link = ReturnType<TRPCLink<ConsoleRouter>>;
type Next = Parameters<Link>[0]['next'];

const refusal = (code: string) =>
  TRPCClientError.from<ConsoleRouter>({
    error: { code: -32_000, message: 'why', data: { code, httpStatus: 400 } },
  } as Parameters<typeof TRPCClientError.from>[0]);

/** Makes one call against a server that refuses with these codes, one after the other, and then answers. */
const call = async (refusals: readonly string[], isGiven: boolean) => {
  const asked: Prompt[] = [];
  const left = [...refusals];
  let tries = 0;
  const next: Next = () =>
    observable((observer) => {
      tries += 1;
      const code = left.shift();
      if (code !== undefined) observer.error(refusal(code));
      else {
        observer.next({ result: { type: 'data', data: 'done' } });
        observer.complete();
      }
    });
  const link = askAndRepeat({
    promptFor: (kind) => (kind === 'password-needed' ? 'password' : kind === 'signed-out' ? 'sign-in' : null),
    ask: async (prompt) => {
      asked.push(prompt);
      return isGiven;
    },
  })({});
  const op = {
    id: 1,
    type: 'mutation',
    path: 'people.invite',
    input: {},
    context: {},
    signal: null,
  } as const;
  const end = await new Promise<string>((resolve) => {
    link({ op, next }).subscribe({ next: () => resolve('done'), error: () => resolve('refused') });
  });
  return { end, asked, tries };
};

test.each([
  ['a call that works asks nothing', [], true, { end: 'done', asked: [], tries: 1 }],
  [
    'the password, and the call again',
    ['PRECONDITION_FAILED'],
    true,
    { end: 'done', asked: ['password'], tries: 2 },
  ],
  ['a sign-in, and the call again', ['UNAUTHORIZED'], true, { end: 'done', asked: ['sign-in'], tries: 2 }],
  [
    'no password, no second try',
    ['PRECONDITION_FAILED'],
    false,
    { end: 'refused', asked: ['password'], tries: 1 },
  ],
  [
    'a password that does not help is asked for once',
    ['PRECONDITION_FAILED', 'PRECONDITION_FAILED'],
    true,
    { end: 'refused', asked: ['password'], tries: 2 },
  ],
  ['any other no is passed on', ['FORBIDDEN'], true, { end: 'refused', asked: [], tries: 1 }],
] as const)('%s', async (_title, refusals, isGiven, expected) => {
  expect(await call(refusals, isGiven)).toEqual(expected);
});
