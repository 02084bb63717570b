import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '../../server/trpc.ts';
import { useAccount } from '../../shell/account-context.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { usePeopleChanged } from '../use-people-changed.ts';
import { linksEnd } from './links-end.ts';
import type { Member } from './member-list.tsx';

/** Ends a membership. */
export const RemoveDialog = ({ member, onClose }: { member: Member; onClose: () => void }) => {
  const { accountId, accountName } = useAccount();
  const trpc = useTRPC();
  const changed = usePeopleChanged();
  const remove = useMutation({
    ...trpc.people.remove.mutationOptions(),
    onSuccess: async () => {
      await changed();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Remove ${member.name}?`}
      confirmLabel="Remove"
      isOpen
      onClose={onClose}
      onConfirm={() => remove.mutate({ accountId, personId: member.personId })}
      isBusy={remove.isPending}
      error={remove.error}
    >
      They see nothing of {accountName} from this moment on. What they did stays in the audit log. You can
      invite them again.{member.role === 'super-admin' && ` ${linksEnd}`}
    </ConfirmDialog>
  );
};
