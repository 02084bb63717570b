import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation, useRouter, useSearch } from '@tanstack/react-router';
import { useTRPC } from '../server/trpc.ts';
import { Notice } from '../ui/feedback/notice.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { AccountContext } from './account-context.ts';
import { Redirect } from './redirect.tsx';

/** Gives the pages inside the account that the address names; where it names none, the only one, or the choice. */
export const InAccount = () => {
  const trpc = useTRPC();
  const { account: wanted } = useSearch({ from: '/signed-in' });
  const location = useLocation();
  const { buildLocation } = useRouter();
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
  const { href } =
    others.length > 0
      ? buildLocation({ to: '/accounts', search: { returnTo: location.href } })
      : buildLocation({ to: location.pathname, search: { ...location.search, account: only.accountId } });
  return <Redirect href={href} />;
};
