import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useLocation, useSearch } from '@tanstack/react-router';
import { useTRPC } from '../server/trpc.ts';
import { Notice } from '../ui/feedback/notice.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { AccountContext } from './account-context.ts';

/** Gives the pages inside the account that the address names; where it names none, the only one, or the choice. */
export const InAccount = () => {
  const trpc = useTRPC();
  const { account: wanted } = useSearch({ from: '/signed-in' });
  const { pathname, href } = useLocation();
  const { data: accounts = [] } = useQuery(trpc.person.accounts.queryOptions({}));
  const account = accounts.find(({ accountId }) => accountId === wanted);
  const [only, ...others] = accounts;
  if (account !== undefined) {
    return (
      <AccountContext value={account} key={account.accountId}>
        <Outlet />
      </AccountContext>
    );
  }
  if (only === undefined) {
    return (
      <Notice tone="info" title="You belong to no account">
        Ask a Super Admin of your company for an invitation.
      </Notice>
    );
  }
  if (wanted !== undefined) {
    return (
      <Notice tone="warning" title="This account is not one of yours">
        You may have been removed from it, or the address is for somebody else.{' '}
        <PageLink to="/accounts" search={{}}>
          Choose one of your accounts
        </PageLink>
      </Notice>
    );
  }
  if (others.length > 0) return <Navigate to="/accounts" search={{ returnTo: href }} replace />;
  return <Navigate to={pathname} search={(search) => ({ ...search, account: only.accountId })} replace />;
};
