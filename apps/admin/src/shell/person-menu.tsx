import { Menu, UnstyledButton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { signOut } from '../server/console-fetch.ts';
import { rememberSignedIn, useTRPC } from '../server/trpc.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { initialsOf } from './initials-of.ts';
import classes from './menus.module.css';

/** Who is signed in, the way to their own page, and out. */
export const PersonMenu = () => {
  const trpc = useTRPC();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { data: me } = useQuery(trpc.person.me.queryOptions({}));
  const [isStuck, setIsStuck] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const leave = async (): Promise<void> => {
    setIsBusy(true);
    const isOut = await signOut();
    setIsBusy(false);
    setIsStuck(!isOut);
    if (!isOut) return;
    rememberSignedIn(false);
    await navigate({ to: '/sign-in', search: {} });
    // What the next person at this browser sees is asked for anew.
    queryClient.clear();
  };
  const name = me?.name ?? '';
  return (
    <>
      <Menu withInitialFocusPlaceholder={false} position="bottom-end" width={260}>
        <Menu.Target>
          <UnstyledButton className={`${classes.target} ${classes.whole}`}>
            <span className="hidden-text">{name === '' ? 'You' : `You: ${name}`}</span>
            <span className={classes.initials} aria-hidden="true">
              {name === '' ? <Icon name="person" size={16} /> : initialsOf(name)}
            </span>
            <span className={`${classes.name} ${classes.onWide}`} aria-hidden="true">
              {name}
            </span>
            <Icon name="chevron" size={16} />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {me !== undefined && (
            <Menu.Label>
              Signed in as
              <span className={classes.lesser}>{me.email}</span>
            </Menu.Label>
          )}
          <Menu.Item
            leftSection={<Icon name="person" size={16} />}
            onClick={() => void navigate({ to: '/me' })}
          >
            Your account
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="leave" size={16} />} onClick={() => void leave()}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Dialog
        title="You are still signed in"
        isOpen={isStuck}
        onClose={() => setIsStuck(false)}
        actions={
          <Button variant="primary" icon="retry" isBusy={isBusy} onClick={() => void leave()}>
            Sign out
          </Button>
        }
      >
        The server could not be reached, so this session goes on. Try again before you leave this computer.
      </Dialog>
    </>
  );
};
