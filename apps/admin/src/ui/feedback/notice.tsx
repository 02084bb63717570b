import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icon.tsx';
import classes from './notice.module.css';

/** What a notice is about; said by picture and words too, never by colour alone. */
export type NoticeTone = 'good' | 'info' | 'warning' | 'bad';

const icons: Readonly<Record<NoticeTone, IconName>> = {
  good: 'check',
  info: 'info',
  warning: 'warning',
  bad: 'warning',
};

/**
 * A sentence that matters, with what to do about it. `isSpoken`: it appears in answer to something, so screen readers say
 * it at once (`bad`) or when they pause.
 */
export const Notice = ({
  tone,
  title,
  children,
  action,
  isSpoken = false,
}: {
  tone: NoticeTone;
  title?: string;
  children?: ReactNode;
  action?: ReactNode;
  isSpoken?: boolean;
}) => (
  <Alert
    {...(title === undefined ? {} : { title })}
    icon={<Icon name={icons[tone]} />}
    classNames={{
      root: `${classes.root} ${classes[tone]}`,
      title: classes.title,
      icon: classes.icon,
      message: classes.message,
    }}
    role={isSpoken ? (tone === 'bad' ? 'alert' : 'status') : 'note'}
  >
    {children}
    {action !== undefined && <div className={classes.action}>{action}</div>}
  </Alert>
);
