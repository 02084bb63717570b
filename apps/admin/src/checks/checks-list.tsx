import { Paper } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { usePackages } from '../packages/use-packages.ts';
import { useTRPC } from '../server/trpc.ts';
import { useAccount } from '../shell/account-context.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/feedback/empty.tsx';
import { FailureNotice } from '../ui/feedback/failure-notice.tsx';
import { Loading } from '../ui/feedback/loading.tsx';
import { PageLink } from '../ui/page-link.tsx';
import classes from './checks.module.css';
import { ChecksTable } from './checks-table.tsx';

// So that a status appears while somebody looks, in ms.
const askedEvery = 5000;

/** The checks of one connection: what was read stays while it is read again. */
export const ChecksList = ({ connectionId }: { readonly connectionId: string }) => {
  const { accountId } = useAccount();
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.checks.list.infiniteQueryOptions(
      { accountId, connectionId },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined, refetchInterval: askedEvery },
    ),
  );
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage, refetch, isRefetching } = list;
  const { data: listing } = usePackages();
  const packages = listing?.kind === 'listed' ? listing.packages : [];
  const checks = data?.pages.flatMap((page) => page.checks) ?? [];
  if (data === undefined && error === null) return <Loading what="the checks" lines={6} />;
  return (
    <>
      <FailureNotice
        error={error}
        title={data === undefined ? 'The checks could not be loaded' : 'The list is not up to date'}
        onRetry={() => void refetch()}
        isRetrying={isRefetching}
      />
      {data !== undefined && (
        <Paper withBorder className={classes.card}>
          {checks.length === 0 ? (
            <Empty icon="list" title="No checks yet">
              Move a candidate to your stage in Lever, and the check appears here by itself. What is still to
              set up stands under <PageLink to="/settings">Settings</PageLink>.
            </Empty>
          ) : (
            <ChecksTable checks={checks} packages={packages} />
          )}
        </Paper>
      )}
      {hasNextPage && (
        <div className={classes.more}>
          <Button isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
    </>
  );
};
