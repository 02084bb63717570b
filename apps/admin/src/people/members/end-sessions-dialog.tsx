import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '../../server/trpc.ts';
import { useAccount } from '../../shell/account-context.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import type { Member } from './member-list.tsx';

/** Signs a member out everywhere. */
export const EndSessionsDialog = ({ member, onClose }: { member: Member; onClose: () => void }) => {
  const { accountId } = useAccount();
  const trpc = useTRPC();
  const end = useMutation({ ...trpc.people.endSessions.mutationOptions(), onSuccess: onClose });
  return (
    <ConfirmDialog
      title={`Sign ${member.name} out everywhere?`}
      confirmLabel="Sign out everywhere"
      isOpen
      onClose={onClose}
      onConfirm={() => end.mutate({ accountId, personId: member.personId })}
      isBusy={end.isPending}
      error={end.error}
    >
      Every browser in which they are signed in asks for the password again, in all their accounts. Their
      password stays as it is.
    </ConfirmDialog>
  );
};
