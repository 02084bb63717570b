const answers: Record<number, { code: string; message: string }> = {
  400: { code: 'malformed', message: 'Expected a JSON object.' },
  401: { code: 'unauthorized', message: 'The address or the signature is not valid.' },
  403: { code: 'foreign', message: 'Only the console itself may ask for this.' },
  404: { code: 'not-found', message: 'Nothing is here.' },
  410: { code: 'gone', message: 'This connection was ended. Delete the webhook in Lever.' },
  413: { code: 'too-large', message: 'Expected at most 64 KiB.' },
  415: { code: 'wrong-type', message: 'Expected application/json.' },
  429: {
    code: 'too-many-failures',
    message: 'Too many requests that could not be verified. Try again in a minute.',
  },
  503: { code: 'unavailable', message: 'Cannot be stored now. Try again.' },
};

/** The body of an answer that says no: a code for programs, a sentence for people, no inner detail. */
export const answerTo = (status: number): { error: { code: string; message: string } } => ({
  error: answers[status] ?? {
    code: status >= 500 ? 'failed' : 'refused',
    message: 'The request could not be answered.',
  },
});
