import { createContext, useContext } from 'react';
import type { Outputs } from '../server/trpc.ts';

/** An account that the person who is signed in belongs to, with their role in it. */
export type OwnAccount = Outputs['person']['accounts'][number];

export const AccountContext = createContext<OwnAccount | null>(null);

/** The account that the page is about. Only inside pages that need an account. */
export const useAccount = (): OwnAccount => {
  const account = useContext(AccountContext);
  if (account === null) throw new Error('This is not a page about an account.');
  return account;
};
