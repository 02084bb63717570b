import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { pages } from './pages.ts';
import { toReturnTo } from './server/return-to.ts';
import { toSettingsSearch } from './settings/settings-search.ts';
import { CrashNotice } from './shell/plain/crash-notice.tsx';
import { CrashPage } from './shell/plain/crash-page.tsx';
import { NotFoundPage } from './shell/plain/not-found-page.tsx';
import { PendingPage } from './shell/plain/pending-page.tsx';
import { RootFrame } from './shell/root-frame.tsx';

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const root = createRootRoute({ component: RootFrame, notFoundComponent: NotFoundPage });

const withReturnTo = (search: Record<string, unknown>): { returnTo?: string } => {
  const returnTo = toReturnTo(search.returnTo);
  return returnTo === '/' ? {} : { returnTo };
};

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: (search): { account?: string } => accountIn(search),
  beforeLoad: ({ search }) => {
    throw redirect({ to: pages.settings.path, search, replace: true });
  },
});

/** Which account the page is about: in the address, so that two tabs can show two. */
const accountIn = (search: Record<string, unknown>): { account?: string } => {
  const account = text(search.account);
  return account === undefined ? {} : { account };
};

const signIn = createRoute({
  getParentRoute: () => root,
  path: pages.signIn.path,
  validateSearch: withReturnTo,
  component: lazyRouteComponent(() => import('./sign-in/sign-in-page.tsx'), 'SignInPage'),
});
const setUp = createRoute({
  getParentRoute: () => root,
  path: pages.setUp.path,
  component: lazyRouteComponent(() => import('./links/set-up-page.tsx'), 'SetUpPage'),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: pages.invitation.path,
  component: lazyRouteComponent(() => import('./links/invitation-page.tsx'), 'InvitationPage'),
});
const password = createRoute({
  getParentRoute: () => root,
  path: pages.password.path,
  component: lazyRouteComponent(() => import('./links/password-page.tsx'), 'PasswordPage'),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  validateSearch: accountIn,
  search: { middlewares: [retainSearchParams(['account'])] },
  component: lazyRouteComponent(() => import('./shell/shell.tsx'), 'Shell'),
});
const me = createRoute({
  getParentRoute: () => signedIn,
  errorComponent: CrashNotice,
  path: pages.me.path,
  component: lazyRouteComponent(() => import('./me/me-page.tsx'), 'MePage'),
});
const accounts = createRoute({
  getParentRoute: () => signedIn,
  errorComponent: CrashNotice,
  path: pages.accounts.path,
  validateSearch: withReturnTo,
  component: lazyRouteComponent(() => import('./accounts/accounts-page.tsx'), 'AccountsPage'),
});

const inAccount = createRoute({
  getParentRoute: () => signedIn,
  errorComponent: CrashNotice,
  id: 'in-account',
  component: lazyRouteComponent(() => import('./shell/in-account.tsx'), 'InAccount'),
});
const settings = createRoute({
  getParentRoute: () => inAccount,
  errorComponent: CrashNotice,
  path: pages.settings.path,
  validateSearch: toSettingsSearch,
  component: lazyRouteComponent(() => import('./settings/settings-page.tsx'), 'SettingsPage'),
});
const packages = createRoute({
  getParentRoute: () => inAccount,
  errorComponent: CrashNotice,
  path: pages.packages.path,
  component: lazyRouteComponent(() => import('./packages/packages-page.tsx'), 'PackagesPage'),
});
const checks = createRoute({
  getParentRoute: () => inAccount,
  errorComponent: CrashNotice,
  path: pages.checks.path,
  component: lazyRouteComponent(() => import('./checks/checks-page.tsx'), 'ChecksPage'),
});
const people = createRoute({
  getParentRoute: () => inAccount,
  errorComponent: CrashNotice,
  path: pages.people.path,
  component: lazyRouteComponent(() => import('./people/people-page.tsx'), 'PeoplePage'),
});

const routeTree = root.addChildren([
  start,
  signIn,
  setUp,
  invitation,
  password,
  signedIn.addChildren([me, accounts, inAccount.addChildren([settings, packages, checks, people])]),
]);

/** Makes the router. What a page needs of the code is loaded when the page is. */
export const createConsoleRouter = () =>
  createRouter({
    routeTree,
    defaultErrorComponent: CrashPage,
    defaultNotFoundComponent: NotFoundPage,
    defaultPendingComponent: PendingPage,
    defaultPreload: 'intent',
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
