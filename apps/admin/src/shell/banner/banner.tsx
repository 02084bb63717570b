import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../server/trpc.ts';
import { Notice } from '../../ui/feedback/notice.tsx';
import type { OwnAccount } from '../account-context.ts';
import { findBanner } from './find-banner.ts';

// So that a page left open tells of a connection that broke, in ms.
const askedEvery = 60_000;

/** What concerns every page of an account: ordering is paused, a connection is broken. Nothing where all is well. */
export const Banner = ({ account: { accountId } }: { account: OwnAccount }) => {
  const trpc = useTRPC();
  const { data } = useQuery({
    ...trpc.account.state.queryOptions({ accountId }),
    refetchInterval: askedEvery,
  });
  const banner = findBanner(data?.connection ?? null);
  if (banner === null) return null;
  return (
    <div style={{ marginBottom: '1.25rem' }}>
      <Notice tone="warning" title={banner.title}>
        {banner.text}
      </Notice>
    </div>
  );
};
