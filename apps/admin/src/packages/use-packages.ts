import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../server/trpc.ts';
import { useAccount } from '../shell/account-context.ts';

/** The packages of the account's Turn, with their tags. */
export const usePackages = () => {
  const trpc = useTRPC();
  const { accountId } = useAccount();
  return useQuery(trpc.settings.packages.queryOptions({ accountId }, { staleTime: 60_000 }));
};
