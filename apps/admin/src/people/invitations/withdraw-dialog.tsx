import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '../../server/trpc.ts';
import { useAccount } from '../../shell/account-context.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { usePeopleChanged } from '../use-people-changed.ts';
import type { Invitation } from './invitation-list.tsx';

/** Ends an invitation that nobody has accepted. */
export const WithdrawDialog = ({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) => {
  const { accountId } = useAccount();
  const trpc = useTRPC();
  const changed = usePeopleChanged();
  const withdraw = useMutation({
    ...trpc.people.withdrawInvitation.mutationOptions(),
    onSuccess: async () => {
      await changed();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title="Withdraw the invitation?"
      confirmLabel="Withdraw"
      isOpen
      onClose={onClose}
      onConfirm={() => withdraw.mutate({ accountId, linkId: invitation.linkId })}
      isBusy={withdraw.isPending}
      error={withdraw.error}
    >
      The link that {invitation.email} got does not work any more.
    </ConfirmDialog>
  );
};
