import { Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Role } from '@turn-lever/core/permission';
import { type FormEvent, useId, useState } from 'react';
import { useTRPC } from '../../server/trpc.ts';
import { useAccount } from '../../shell/account-context.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNotice } from '../../ui/feedback/failure-notice.tsx';
import { RadioField } from '../../ui/fields/radio-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { LinkShown } from '../link-shown.tsx';
import { roleChoices } from '../role-choices.ts';
import { usePeopleChanged } from '../use-people-changed.ts';

/** Invites somebody and shows the link, once. */
export const InviteDialog = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const { accountId } = useAccount();
  const trpc = useTRPC();
  const formId = useId();
  const changed = usePeopleChanged();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('team-member');
  const invite = useMutation({
    ...trpc.people.invite.mutationOptions(),
    gcTime: 0,
    onSuccess: () => changed(),
  });
  const close = (): void => {
    onClose();
    setEmail('');
    setRole('team-member');
    invite.reset();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!invite.isPending) invite.mutate({ accountId, email, role });
  };
  const isMade = invite.data !== undefined;
  return (
    <Dialog
      title="Invite somebody"
      isOpen={isOpen}
      onClose={close}
      actions={
        isMade ? (
          <Button variant="primary" onClick={close}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={close}>Cancel</Button>
            <Button variant="primary" type="submit" form={formId} isBusy={invite.isPending}>
              Make the invitation
            </Button>
          </>
        )
      }
    >
      {isMade ? (
        <LinkShown label={`Invitation for ${email}`} {...invite.data} />
      ) : (
        <form id={formId} onSubmit={submit}>
          <Stack gap="md">
            <TextField
              label="E-mail"
              hint="Only the person with this address can accept."
              type="email"
              autoComplete="off"
              value={email}
              onChange={setEmail}
              isRequired
              autoFocus
            />
            <RadioField label="Role" value={role} choices={roleChoices} onChange={setRole} />
          </Stack>
        </form>
      )}
      <FailureNotice error={invite.error} title="No invitation was made" />
    </Dialog>
  );
};
