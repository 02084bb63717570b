import { Link } from '@tanstack/react-router';
import { can } from '@turn-lever/core/permission';
import { pages } from '../pages.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import type { OwnAccount } from './account-context.ts';
import classes from './navigation.module.css';

const items = [
  { page: pages.settings, icon: 'plug', action: 'see connection state' },
  { page: pages.packages, icon: 'tag', action: 'see package tags' },
  { page: pages.checks, icon: 'list', action: 'see candidates' },
  { page: pages.people, icon: 'people', action: 'see connection state' },
] as const satisfies readonly { icon: IconName; page: object; action: string }[];

/** The pages about an account that the person's role lets them see. */
export const Navigation = ({ account }: { account: OwnAccount | null }) => (
  <nav aria-label="Pages">
    <ul className={classes.list}>
      {account !== null &&
        items
          .filter(({ action }) => can(account.role, action))
          .map(({ page, icon }) => (
            <li key={page.path}>
              <Link to={page.path} search={{ account: account.accountId }} className={classes.link}>
                <Icon name={icon} />
                {page.title}
              </Link>
            </li>
          ))}
    </ul>
  </nav>
);
