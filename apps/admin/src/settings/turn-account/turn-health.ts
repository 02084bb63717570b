/** How the connection to Turn stands, for people. */
export interface TurnHealth {
  readonly tone: 'good' | 'bad' | 'neutral';
  readonly word: string;
  readonly sentence: string | null;
}

/** How the connection to Turn stands. */
export const turnHealth = (state: 'not-connected' | 'working' | 'reconnect-needed'): TurnHealth => {
  switch (state) {
    case 'working':
      return { tone: 'good', word: 'Connected', sentence: null };
    case 'reconnect-needed':
      return {
        tone: 'bad',
        word: 'New token needed',
        sentence: 'Turn no longer accepts the saved token. Nothing is ordered until a new one is saved.',
      };
    default:
      return {
        tone: 'neutral',
        word: 'Not connected',
        sentence: 'Nothing is ordered until a token is saved.',
      };
  }
};

/** What to say where a token was not saved. */
export const tokenProblem = (kind: 'refused' | 'unavailable'): string => {
  switch (kind) {
    case 'refused':
      return 'Turn does not accept this token, so it was not saved. Copy it again from Turn, or ask Turn support at support@turning.io.';
    default:
      return 'Turn did not answer, so the token was not saved. Try again in a moment.';
  }
};
