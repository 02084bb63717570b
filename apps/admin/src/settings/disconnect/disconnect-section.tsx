import { List, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../../server/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { FailureNotice } from '../../ui/feedback/failure-notice.tsx';
import { Loading } from '../../ui/feedback/loading.tsx';
import classes from '../settings.module.css';
import { useSettings } from '../settings-context.ts';
import { SettingsSection } from '../settings-section.tsx';
import {
  type DisconnectFacts,
  deleteByHand,
  disconnectConsequences,
  stayingWebhooks,
} from './disconnect-consequences.ts';

/** Ends the connection, after its consequences were read and the account's name was typed. */
export const DisconnectSection = ({
  onDisconnected,
}: {
  /** Told what remains to delete by hand. */
  readonly onDisconnected: (remaining: readonly string[]) => void;
}) => {
  const { ids, accountName } = useSettings();
  const trpc = useTRPC();
  const [isOpen, setIsOpen] = useState(false);
  const preview = useQuery(
    // What was true a minute ago is not what is confirmed.
    trpc.connection.disconnectPreview.queryOptions(ids, { enabled: isOpen, staleTime: 0, gcTime: 0 }),
  );
  const disconnect = useMutation(trpc.connection.disconnect.mutationOptions());
  const facts = preview.data;
  const confirm = async (): Promise<void> => {
    if (facts === undefined) return;
    try {
      const { staying } = await disconnect.mutateAsync(ids);
      onDisconnected(deleteByHand(facts, stayingWebhooks(facts.createdWebhooks, staying)));
    } catch {
      // Shown from `disconnect.error`.
    }
  };
  return (
    <SettingsSection
      id="disconnect"
      title="Disconnect"
      description="Ends Turn’s access to Lever, and with it every order and every update in Lever. You see what it means before anything happens."
    >
      <div>
        <Button variant="danger" onClick={() => setIsOpen(true)}>
          Disconnect…
        </Button>
      </div>
      <ConfirmDialog
        title="Disconnect Lever and Turn?"
        confirmLabel="Disconnect"
        typed={accountName}
        isOpen={isOpen}
        isBusy={disconnect.isPending}
        isBlocked={facts === undefined}
        error={disconnect.error}
        onClose={() => {
          setIsOpen(false);
          disconnect.reset();
        }}
        onConfirm={() => void confirm()}
      >
        {facts === undefined && preview.error === null && <Loading what="what a disconnect would mean" />}
        <FailureNotice
          error={preview.error}
          title="What a disconnect would mean could not be found out"
          onRetry={() => void preview.refetch()}
          isRetrying={preview.isFetching}
        />
        {facts !== undefined && <Consequences facts={facts} />}
      </ConfirmDialog>
    </SettingsSection>
  );
};

const Consequences = ({ facts }: { readonly facts: DisconnectFacts }) => (
  <div className={classes.words}>
    <List size="sm" spacing={6}>
      {disconnectConsequences(facts).map((sentence) => (
        <List.Item key={sentence}>{sentence}</List.Item>
      ))}
    </List>
    <Text size="sm" mt="md" fw={600}>
      What remains for you to do in Lever
    </Text>
    <List size="sm" spacing={6} mt={4}>
      {deleteByHand(facts, 0).map((sentence) => (
        <List.Item key={sentence}>{sentence}</List.Item>
      ))}
    </List>
  </div>
);
