import { DatabaseHeldError } from '@turn-lever/db/opening/directory-lock';
import { DatabaseTooOldError } from '@turn-lever/db/opening/open-server';
import { describeError } from './log.ts';

/** Why a command did nothing, in words for whoever ran it. */
export class Refusal extends Error {}

/** What a command says of a failure: words meant for people, and of anything else no more than its code. */
export const wordsForFailure = (error: unknown): string => {
  const isForPeople =
    error instanceof Refusal || error instanceof DatabaseHeldError || error instanceof DatabaseTooOldError;
  if (isForPeople) return error.message;
  const { error: name, code } = describeError(error);
  return `The database could not be used: ${code ?? name}.`;
};
