import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTRPC } from '../../server/trpc.ts';
import { useAccount } from '../../shell/account-context.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNotice } from '../../ui/feedback/failure-notice.tsx';
import { RadioField } from '../../ui/fields/radio-field.tsx';
import { roleChoices } from '../role-choices.ts';
import { usePeopleChanged } from '../use-people-changed.ts';
import { linksEnd } from './links-end.ts';
import type { Member } from './member-list.tsx';

/** Gives a member another role. */
export const ChangeRoleDialog = ({ member, onClose }: { member: Member; onClose: () => void }) => {
  const { accountId } = useAccount();
  const trpc = useTRPC();
  const formId = useId();
  const changed = usePeopleChanged();
  const [role, setRole] = useState(member.role);
  const change = useMutation({
    ...trpc.people.changeRole.mutationOptions(),
    onSuccess: async () => {
      await changed();
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!change.isPending) change.mutate({ accountId, personId: member.personId, role });
  };
  return (
    <Dialog
      title={`The role of ${member.name}`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            type="submit"
            form={formId}
            isBusy={change.isPending}
            isDisabled={role === member.role}
          >
            Change the role
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit}>
        <RadioField
          label="Role"
          hint={`They are signed out everywhere by the change and sign in again with the new role.${
            member.role === 'super-admin' ? ` ${linksEnd}` : ''
          }`}
          value={role}
          choices={roleChoices}
          onChange={setRole}
        />
      </form>
      <FailureNotice error={change.error} title="The role was not changed" />
    </Dialog>
  );
};
