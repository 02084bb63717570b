import { can } from '@turn-lever/core/permission';
import { pages } from '../pages.ts';
import { useAccount } from '../shell/account-context.ts';
import { roleWords } from '../shell/role-words.ts';
import { Notice } from '../ui/feedback/notice.tsx';
import { PageHead } from '../ui/layout/page-head.tsx';
import { PeopleOfAccount } from './people-of-account.tsx';

/** Who belongs to the account, for those who may change it; for the others, whom to ask. */
export const PeoplePage = () => {
  const { role, accountName } = useAccount();
  if (can(role, 'manage people')) return <PeopleOfAccount />;
  return (
    <>
      <PageHead title={pages.people.title} />
      <Notice tone="info" title="Only Super Admins see who belongs to an account">
        You are {roleWords[role]} of {accountName}. Ask a Super Admin to invite somebody or to change a role.
        Your own password and sign-ins are under “Your account”.
      </Notice>
    </>
  );
};
