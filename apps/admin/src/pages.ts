/** Everything that has an address of its own, in the order of the navigation. Routes are made of it. */
export const pages = {
  settings: { path: '/settings', title: 'Settings', needs: 'account' },
  packages: { path: '/packages', title: 'Package tags', needs: 'account' },
  checks: { path: '/checks', title: 'Checks', needs: 'account' },
  people: { path: '/people', title: 'People', needs: 'account' },
  me: { path: '/me', title: 'Your account', needs: 'sign-in' },
  accounts: { path: '/accounts', title: 'Choose an account', needs: 'sign-in' },
  signIn: { path: '/sign-in', title: 'Sign in', needs: 'nothing' },
  setUp: { path: '/set-up', title: 'Set up', needs: 'nothing' },
  invitation: { path: '/invitation', title: 'Invitation', needs: 'nothing' },
  password: { path: '/password', title: 'Set a password', needs: 'nothing' },
} as const satisfies Readonly<Record<string, PageFacts>>;

interface PageFacts {
  readonly path: `/${string}`;
  readonly title: string;
  /** Who can be shown it: whoever belongs to an account, whoever is signed in, anybody. */
  readonly needs: 'account' | 'sign-in' | 'nothing';
}
