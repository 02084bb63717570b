import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '../../server/trpc.ts';
import { useAccount } from '../../shell/account-context.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNotice } from '../../ui/feedback/failure-notice.tsx';
import { LinkShown } from '../link-shown.tsx';
import type { Member } from './member-list.tsx';

/** Makes a link by which a member sets a new password. */
export const PasswordLinkDialog = ({ member, onClose }: { member: Member; onClose: () => void }) => {
  const { accountId } = useAccount();
  const trpc = useTRPC();
  const make = useMutation({ ...trpc.people.makePasswordLink.mutationOptions(), gcTime: 0 });
  return (
    <Dialog
      title={`A new password for ${member.name}`}
      isOpen
      onClose={onClose}
      actions={
        make.data === undefined ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              variant="primary"
              isBusy={make.isPending}
              onClick={() => make.mutate({ accountId, personId: member.personId })}
            >
              Make the link
            </Button>
          </>
        ) : (
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        )
      }
    >
      {make.data === undefined ? (
        <Text size="sm">
          You get a link to send to them. By it they set a new password within 24 hours; until then the
          present one works. An earlier link ends.
        </Text>
      ) : (
        <LinkShown label="Link for a new password" {...make.data} />
      )}
      <FailureNotice error={make.error} title="No link was made" />
    </Dialog>
  );
};
