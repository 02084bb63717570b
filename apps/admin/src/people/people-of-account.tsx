import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { pages } from '../pages.ts';
import { useTRPC } from '../server/trpc.ts';
import { useAccount } from '../shell/account-context.ts';
import { Button } from '../ui/button.tsx';
import { FailureNotice } from '../ui/feedback/failure-notice.tsx';
import { Loading } from '../ui/feedback/loading.tsx';
import { PageHead } from '../ui/layout/page-head.tsx';
import { Section } from '../ui/layout/section.tsx';
import { InvitationList } from './invitations/invitation-list.tsx';
import { InviteDialog } from './invitations/invite-dialog.tsx';
import { MemberList } from './members/member-list.tsx';

/** The members of the account and the invitations that wait, for a Super Admin. */
export const PeopleOfAccount = () => {
  const { accountId, accountName } = useAccount();
  const trpc = useTRPC();
  const people = useQuery(trpc.people.list.queryOptions({ accountId }));
  const [isInviting, setIsInviting] = useState(false);
  return (
    <>
      <PageHead
        title={pages.people.title}
        description={`Who belongs to ${accountName}, and what they may do.`}
        actions={
          <Button variant="primary" onClick={() => setIsInviting(true)}>
            Invite somebody
          </Button>
        }
      />
      <div style={{ display: 'grid', gap: '1.25rem' }}>
        <FailureNotice
          error={people.error}
          title="The people could not be loaded"
          onRetry={() => void people.refetch()}
          isRetrying={people.isFetching}
        />
        {people.isPending && (
          <Section title="Members">
            <Loading what="the people" lines={4} />
          </Section>
        )}
        {people.data !== undefined && (
          <>
            <Section title="Members">
              <MemberList members={people.data.members} />
            </Section>
            <Section
              title="Invitations"
              description="Each link works once and for seven days. Inviting the same address again ends the earlier link."
            >
              <InvitationList invitations={people.data.invitations} />
            </Section>
          </>
        )}
      </div>
      <InviteDialog isOpen={isInviting} onClose={() => setIsInviting(false)} />
    </>
  );
};
