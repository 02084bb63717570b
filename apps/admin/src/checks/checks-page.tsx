import { useQuery } from '@tanstack/react-query';
import { can } from '@turn-lever/core/permission';
import { pages } from '../pages.ts';
import { useTRPC } from '../server/trpc.ts';
import { useAccount } from '../shell/account-context.ts';
import { FailureNotice } from '../ui/feedback/failure-notice.tsx';
import { Loading } from '../ui/feedback/loading.tsx';
import { Notice } from '../ui/feedback/notice.tsx';
import { PageHead } from '../ui/layout/page-head.tsx';
import { ChecksList } from './checks-list.tsx';

/** The checks of the account, the newest first. */
export const ChecksPage = () => {
  const { accountId, role } = useAccount();
  const trpc = useTRPC();
  const { data, error, isPending, isFetching, refetch } = useQuery(
    trpc.account.state.queryOptions({ accountId }),
  );
  return (
    <>
      <PageHead
        title={pages.checks.title}
        description="Every check that was ordered from Lever, and every candidate who waits for one."
      />
      {can(role, 'see candidates') ? (
        <>
          {isPending && <Loading what="the checks" lines={6} />}
          <FailureNotice
            error={data === undefined ? error : null}
            title="The checks could not be loaded"
            onRetry={() => void refetch()}
            isRetrying={isFetching}
          />
          {data?.connection != null && (
            <ChecksList key={data.connection.id} connectionId={data.connection.id} />
          )}
        </>
      ) : (
        <Notice tone="info" title="Checks are for Team Members and above">
          Follow a check in Lever by the candidate’s TurnStatus tag, or ask a Super Admin for another role.
        </Notice>
      )}
    </>
  );
};
