import { AppShell, Burger, Drawer, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { failureOf } from '../server/failure.ts';
import { rememberSignedIn, useTRPC } from '../server/trpc.ts';
import brand from '../ui/brand.svg';
import { FailureNotice } from '../ui/feedback/failure-notice.tsx';
import { Loading } from '../ui/feedback/loading.tsx';
import { AccountMenu } from './account-menu.tsx';
import { Banner } from './banner/banner.tsx';
import { Navigation } from './navigation.tsx';
import { PersonMenu } from './person-menu.tsx';
import classes from './shell.module.css';

/** What is around every page of somebody who is signed in: navigation, account, person, and what concerns all pages. */
export const Shell = () => {
  const trpc = useTRPC();
  const { account: wanted } = useSearch({ from: '/signed-in' });
  const { pathname } = useLocation();
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const accounts = useQuery(trpc.person.accounts.queryOptions({}));
  const isKnown = accounts.data !== undefined;
  useEffect(() => {
    if (isKnown) rememberSignedIn(true);
  }, [isKnown]);
  useEffect(() => setIsMenuOpen(false), [pathname]);

  // The sign-in page is on its way.
  if (accounts.isError && failureOf(accounts.error).kind === 'signed-out') return null;
  const own = accounts.data ?? [];
  const account =
    own.find(({ accountId }) => accountId === wanted) ??
    (own.length === 1 && wanted === undefined ? own[0] : undefined);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: true } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <a href="#content" className={classes.skip}>
        Skip to the content
      </a>
      <AppShell.Header className={classes.bar}>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="sm">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger
              opened={isMenuOpen}
              onClick={() => setIsMenuOpen(true)}
              hiddenFrom="sm"
              size="sm"
              aria-label="Open the navigation"
              aria-expanded={isMenuOpen}
            />
            <img src={brand} alt="Turn" width={26} height={26} className={classes.logo} />
            <AccountMenu accounts={own} current={account ?? null} />
          </Group>
          <PersonMenu />
        </Group>
      </AppShell.Header>
      {/* Out of sight on a phone, the keyboard would still reach it. */}
      <AppShell.Navbar className={classes.bar} p="sm" visibleFrom="sm">
        <Navigation account={account ?? null} />
      </AppShell.Navbar>
      <Drawer
        opened={isMenuOpen}
        onClose={() => setIsMenuOpen(false)}
        title="Navigation"
        size="17rem"
        hiddenFrom="sm"
        closeButtonProps={{ 'aria-label': 'Close the navigation' }}
        attributes={{ header: { role: 'none' } }}
      >
        <Navigation account={account ?? null} />
      </Drawer>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <div className={classes.content}>
          {account !== undefined && <Banner account={account} />}
          {accounts.isPending && <Loading what="your accounts" />}
          <FailureNotice
            error={isKnown ? null : accounts.error}
            title="Your accounts could not be loaded"
            onRetry={() => void accounts.refetch()}
            isRetrying={accounts.isFetching}
          />
          {isKnown && <Outlet />}
        </div>
      </AppShell.Main>
    </AppShell>
  );
};
