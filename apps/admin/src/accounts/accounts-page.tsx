import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { pages } from '../pages.ts';
import { toReturnTo } from '../server/return-to.ts';
import { useTRPC } from '../server/trpc.ts';
import { roleWords } from '../shell/role-words.ts';
import { Empty } from '../ui/feedback/empty.tsx';
import { Icon } from '../ui/icon.tsx';
import { PageHead } from '../ui/layout/page-head.tsx';
import classes from './accounts-page.module.css';

/** The accounts of somebody who belongs to several. */
export const AccountsPage = () => {
  const trpc = useTRPC();
  const { returnTo } = useSearch({ from: '/signed-in/accounts' });
  const { data: accounts = [] } = useQuery(trpc.person.accounts.queryOptions({}));
  const path = toReturnTo(returnTo).split('?')[0] ?? '/';
  return (
    <>
      <PageHead
        title={pages.accounts.title}
        description="You belong to these. Each has its own Lever and its own settings."
      />
      {accounts.length === 0 ? (
        <Empty icon="people" title="You belong to no account">
          Ask a Super Admin of your company for an invitation.
        </Empty>
      ) : (
        <ul className={classes.list}>
          {accounts.map(({ accountId, accountName, role }) => (
            <li key={accountId}>
              <Link to={path} search={{ account: accountId }} className={classes.choice}>
                <span>
                  <strong>{accountName}</strong>
                  <span className={classes.role}>{roleWords[role]}</span>
                </span>
                <Icon name="next" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
