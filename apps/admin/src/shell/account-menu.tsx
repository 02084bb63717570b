import { Menu, UnstyledButton } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Icon } from '../ui/icon.tsx';
import type { OwnAccount } from './account-context.ts';
import classes from './menus.module.css';
import { roleWords } from './role-words.ts';

/** Which account is shown; a menu where there are several. */
export const AccountMenu = ({
  accounts,
  current,
}: {
  accounts: readonly OwnAccount[];
  current: OwnAccount | null;
}) => {
  const navigate = useNavigate();
  if (current === null) return <span className={classes.name}>Turn for Lever</span>;
  if (accounts.length < 2) return <span className={classes.name}>{current.accountName}</span>;
  return (
    <Menu withInitialFocusPlaceholder={false} position="bottom-start" width={280}>
      <Menu.Target>
        <UnstyledButton className={classes.target} aria-label={`Account: ${current.accountName}. Change it`}>
          <span className={classes.name}>{current.accountName}</span>
          <Icon name="chevron" size={16} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Your accounts</Menu.Label>
        {accounts.map(({ accountId, accountName, role }) => (
          <Menu.Item
            key={accountId}
            rightSection={accountId === current.accountId ? <Icon name="check" size={16} /> : null}
            // The page at hand in the other account: an id in the rest of the address would not be one of its own.
            onClick={() => void navigate({ to: '.', search: { account: accountId } })}
          >
            {accountName}
            <span className={classes.lesser}>{roleWords[role]}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};
