import type { TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { ConsoleRouter } from '@turn-lever/api/router';
import { failureOf } from './failure.ts';
import type { Prompt } from './prompt.ts';

/**
 * Repeats a call once the person has given what the server asked for: their password again, or, where the session ended
 * while they worked, a sign-in. So nothing that was typed is lost. `promptFor` says what to ask; null passes the error on.
 */
export const askAndRepeat =
  (ports: {
    readonly promptFor: (kind: string) => Prompt | null;
    readonly ask: (prompt: Prompt) => Promise<boolean>;
  }): TRPCLink<ConsoleRouter> =>
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let isDropped = false;
      let current: { unsubscribe: () => void } | null = null;
      const attempt = (mayAsk: boolean): void => {
        current = next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error: async (error) => {
            const prompt = mayAsk ? ports.promptFor(failureOf(error).kind) : null;
            if (prompt === null || !(await ports.ask(prompt))) observer.error(error);
            else if (!isDropped) attempt(prompt === 'sign-in' ? mayAsk : false);
          },
        });
      };
      attempt(true);
      return () => {
        isDropped = true;
        current?.unsubscribe();
      };
    });
