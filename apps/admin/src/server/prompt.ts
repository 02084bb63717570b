/** Something that a call waits for: the person's password, or that they sign in again. */
export type Prompt = 'password' | 'sign-in';

/** What is asked at the moment; one dialog shows it, and every call that waits for it goes on with its answer. */
export interface PromptState {
  readonly asked: Prompt | null;
}

interface Waiting {
  readonly prompt: Prompt;
  readonly answer: Promise<boolean>;
  readonly resolve: (isGiven: boolean) => void;
}

const nothing: PromptState = { asked: null };

/** Makes what stands between calls that cannot go on and the dialog that asks for what they need. */
export const createPrompter = () => {
  let waiting: Waiting | null = null;
  let state = nothing;
  const listeners = new Set<() => void>();
  const set = (next: Waiting | null): void => {
    waiting = next;
    state = next === null ? nothing : { asked: next.prompt };
    for (const listener of listeners) listener();
  };
  return {
    /** Resolves once the person has answered; false where they would not. */
    ask: async (prompt: Prompt): Promise<boolean> => {
      // Whoever signs in has just given the password, so a call that waits for less goes on with it too.
      if (waiting !== null && (waiting.prompt === prompt || waiting.prompt === 'sign-in'))
        return waiting.answer;
      const before = waiting;
      const { promise, resolve } = Promise.withResolvers<boolean>();
      set({ prompt, answer: promise, resolve });
      const isGiven = await promise;
      before?.resolve(isGiven);
      return isGiven;
    },
    /** The person has done what was asked, or will not. */
    answer: (isGiven: boolean): void => {
      const answered = waiting;
      set(null);
      answered?.resolve(isGiven);
    },
    read: (): PromptState => state,
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

/** The one of this page. */
export const prompter = createPrompter();
