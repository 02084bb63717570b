import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '../../server/trpc.ts';
import { type SettingsView, useSettings } from '../settings-context.ts';

/** Leads the browser to Lever, to authorize Turn there; it comes back to this page with how that ended. */
export const useAuthorize = () => {
  const { ids, view } = useSettings();
  const trpc = useTRPC();
  const begin = useMutation(trpc.connection.authorize.mutationOptions());
  return {
    error: begin.error,
    // Until the browser has left, too: a second press would begin a second authorization.
    isBusy: begin.isPending || begin.isSuccess,
    authorize: async (given: {
      readonly environment?: SettingsView['environment'];
      readonly withWebhooks: boolean;
    }): Promise<void> => {
      const { environment = view.environment, withWebhooks } = given;
      const returnTo = `/settings?account=${ids.accountId}`;
      try {
        const { url } = await begin.mutateAsync({ ...ids, environment, withWebhooks, returnTo });
        window.location.assign(url);
      } catch {
        // Shown from `error`.
      }
    },
  };
};
