import { ChangeRoleDialog } from './change-role-dialog.tsx';
import { EndSessionsDialog } from './end-sessions-dialog.tsx';
import type { Member } from './member-list.tsx';
import type { MemberAct } from './member-row.tsx';
import { PasswordLinkDialog } from './password-link-dialog.tsx';
import { RemoveDialog } from './remove-dialog.tsx';

const dialogs = {
  role: ChangeRoleDialog,
  password: PasswordLinkDialog,
  sessions: EndSessionsDialog,
  remove: RemoveDialog,
} as const satisfies Record<MemberAct, unknown>;

/** The dialog of what was chosen for a member. */
export const MemberDialogs = ({
  chosen,
  onClose,
}: {
  chosen: { readonly member: Member; readonly act: MemberAct } | null;
  onClose: () => void;
}) => {
  if (chosen === null) return null;
  const Chosen = dialogs[chosen.act];
  return <Chosen key={`${chosen.act} ${chosen.member.personId}`} member={chosen.member} onClose={onClose} />;
};
