import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { can } from '@turn-lever/core/permission';
import { useCallback, useMemo } from 'react';
import { type Outputs, useTRPC } from '../server/trpc.ts';
import { useAccount } from '../shell/account-context.ts';
import { FailureNotice } from '../ui/feedback/failure-notice.tsx';
import { Loading } from '../ui/feedback/loading.tsx';
import { nextStep } from './checklist/checklist-rows.ts';
import { LeverIntegrationCard } from './lever-integration-card.tsx';
import { type SettingsContext, SettingsProvider } from './settings-context.ts';

type State = Outputs['account']['state'];

/** Reads the settings of one connection and shows its card. */
export const ConnectionSettings = ({
  state,
  onDisconnected,
}: {
  readonly state: State & { readonly connection: NonNullable<State['connection']> };
  readonly onDisconnected: (remaining: readonly string[]) => void;
}) => {
  const { accountId } = useAccount();
  const trpc = useTRPC();
  const { open = false } = useSearch({ from: '/signed-in/in-account/settings' });
  const navigate = useNavigate();
  const connectionId = state.connection.id;
  const ids = useMemo(() => ({ accountId, connectionId }), [accountId, connectionId]);
  const {
    data: view,
    error,
    isFetching,
    refetch,
  } = useQuery(trpc.settings.read.queryOptions(ids, { refetchInterval: 30_000 }));
  const reload = useCallback(() => refetch({ cancelRefetch: true }), [refetch]);
  const value = useMemo<SettingsContext | null>(
    () =>
      view === undefined
        ? null
        : {
            ids,
            view,
            reload,
            accountName: state.accountName,
            mayChange: can(state.role, 'change settings'),
            offeredEnvironments: state.offeredEnvironments,
            next: nextStep(view.checklist),
          },
    [ids, view, reload, state.accountName, state.role, state.offeredEnvironments],
  );
  if (value === null)
    return error === null ? (
      <Loading what="the settings" lines={5} />
    ) : (
      <FailureNotice
        error={error}
        title="The settings could not be loaded"
        onRetry={() => void refetch()}
        isRetrying={isFetching}
      />
    );
  const toggle = (): void =>
    void navigate({
      to: '.',
      search: ({ open: _open, ...rest }) => (open ? rest : { ...rest, open: true as const }),
      replace: true,
      resetScroll: false,
    });
  return (
    <SettingsProvider value={value}>
      <LeverIntegrationCard isOpen={open} onToggle={toggle} onDisconnected={onDisconnected} />
    </SettingsProvider>
  );
};
