import type { Outputs } from '../../server/trpc.ts';

type Kind = Outputs['settings']['createWebhook']['kind'];

/** Why Turn could not make the webhook, in words; null where it is there now. */
export const createProblem = (kind: Kind): string | null => {
  switch (kind) {
    case 'created':
    case 'exists':
      return null;
    case 'not-allowed':
      return 'Lever did not allow it. Reconnect and accept the permission to create the webhook, or add the webhook by hand as above.';
    case 'reconnect-needed':
    case 'not-connected':
      return 'Lever no longer lets Turn in. Reconnect first.';
    case 'in-progress':
      return 'Somebody else is making it at this moment. Wait a minute, then look again.';
    default:
      return 'Lever did not answer. Nothing was saved; press the button again, it never makes two.';
  }
};
