import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { signIn } from '../server/console-fetch.ts';

/**
 * Signs in with what was just set and goes to the account. Where that does not work, the password is asked for on the
 * sign-in page: what the link was for is done by then.
 */
export const useEnter = () => {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return async (
    given: { readonly email: string; readonly password: string } | null,
    account: string | null,
  ): Promise<void> => {
    const isIn = given === null || (await signIn(given)) === 'signed-in';
    queryClient.clear();
    const search = account === null ? {} : { account };
    if (isIn) await navigate({ to: '/settings', search, replace: true });
    else await navigate({ to: '/sign-in', search: {}, replace: true });
  };
};
