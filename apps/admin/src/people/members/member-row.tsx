import { ActionIcon, Menu } from '@mantine/core';
import { initialsOf } from '../../shell/initials-of.ts';
import { roleWords } from '../../shell/role-words.ts';
import { Status } from '../../ui/feedback/status.tsx';
import { Icon } from '../../ui/icon.tsx';
import classes from '../people.module.css';
import type { Member } from './member-list.tsx';

/** What a Super Admin does with a member. */
export type MemberAct = 'role' | 'password' | 'sessions' | 'remove';

/** One member. The last Super Admin can neither step down nor be removed, and the row says so. */
export const MemberRow = ({
  member: { name, email, role },
  isSelf,
  isLastSuperAdmin,
  onAct,
}: {
  member: Member;
  isSelf: boolean;
  isLastSuperAdmin: boolean;
  onAct: (act: MemberAct) => void;
}) => (
  <li className={classes.row}>
    <span className={classes.initials} aria-hidden="true">
      {initialsOf(name)}
    </span>
    <span className={classes.who}>
      <strong>
        {name}
        {isSelf && <span className={classes.lesser}> (you)</span>}
      </strong>
      <span className={classes.lesser}>{email}</span>
      {isLastSuperAdmin && (
        <span className={classes.lesser}>
          The only Super Admin: make somebody else one before you change this.
        </span>
      )}
    </span>
    <Status
      tone={role === 'super-admin' ? 'info' : 'neutral'}
      icon={role === 'super-admin' ? 'lock' : 'person'}
    >
      {roleWords[role]}
    </Status>
    <Menu withInitialFocusPlaceholder={false} position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`What to do with ${name}`}>
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={isLastSuperAdmin} onClick={() => onAct('role')}>
          Change the role
        </Menu.Item>
        <Menu.Item onClick={() => onAct('password')}>Link for a new password</Menu.Item>
        <Menu.Item onClick={() => onAct('sessions')}>Sign out everywhere</Menu.Item>
        <Menu.Divider />
        <Menu.Item disabled={isLastSuperAdmin} onClick={() => onAct('remove')}>
          Remove from the account
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  </li>
);
