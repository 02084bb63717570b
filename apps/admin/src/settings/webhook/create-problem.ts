/** Why Turn could not make the webhook, in words. */
export const createProblem = (kind: string): string => {
  switch (kind) {
    case 'not-allowed':
    case 'refused':
      return 'Lever did not allow it. Reconnect and accept the permission to create the webhook, or add the webhook by hand as above.';
    case 'reconnect-needed':
    case 'not-connected':
      return 'Lever no longer lets Turn in. Reconnect first.';
    case 'unavailable':
      return 'Lever did not answer. Nothing was saved; press the button again, it never makes two.';
    default:
      return 'Something was in the way. Press the button again, it never makes two; or add the webhook by hand as above.';
  }
};
