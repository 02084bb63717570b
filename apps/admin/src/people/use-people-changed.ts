import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../server/trpc.ts';

/** What every change of people is followed by: the list is read again, and the person's own role too. */
export const usePeopleChanged = (): (() => Promise<void>) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return async () => {
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: trpc.people.pathKey() }),
      queryClient.invalidateQueries({ queryKey: trpc.person.accounts.pathKey() }),
    ]);
  };
};
