import { useQuery } from '@tanstack/react-query';
import { can } from '@turn-lever/core/permission';
import { useState } from 'react';
import { useTRPC } from '../server/trpc.ts';
import { useAccount } from '../shell/account-context.ts';
import { FailureNotice } from '../ui/feedback/failure-notice.tsx';
import { Loading } from '../ui/feedback/loading.tsx';
import { PageHead } from '../ui/layout/page-head.tsx';
import { ConnectionSettings } from './connection-settings.tsx';
import { ConnectionStateCard } from './connection-state-card.tsx';
import { DisconnectedNotice } from './disconnect/disconnected-notice.tsx';
import { UnsavedSections } from './saving/unsaved-sections.tsx';

/** The settings of the account's connection; for those who may not see them, how it stands. */
export const SettingsPage = () => {
  const { accountId } = useAccount();
  const trpc = useTRPC();
  const state = useQuery(trpc.account.state.queryOptions({ accountId }));
  const [remaining, setRemaining] = useState<readonly string[] | null>(null);
  const { data } = state;
  return (
    <>
      <PageHead
        title="Settings"
        description="Moving a candidate to your stage in Lever orders a background check at Turn, and Lever shows how it goes."
      />
      {remaining !== null && <DisconnectedNotice remaining={remaining} />}
      {data === undefined && state.isPending && <Loading what="the settings" lines={5} />}
      <FailureNotice
        error={data === undefined ? state.error : null}
        title="The settings could not be loaded"
        onRetry={() => void state.refetch()}
        isRetrying={state.isFetching}
      />
      {data?.connection != null &&
        (can(data.role, 'see settings') ? (
          <UnsavedSections>
            <ConnectionSettings
              // A disconnect leaves a fresh connection: nothing that was typed for the old one is for it.
              key={data.connection.id}
              state={{ ...data, connection: data.connection }}
              onDisconnected={async (lines) => {
                await state.refetch();
                setRemaining(lines);
              }}
            />
          </UnsavedSections>
        ) : (
          <ConnectionStateCard connection={data.connection} />
        ))}
    </>
  );
};
