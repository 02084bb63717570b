import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icon.tsx';
import classes from './status.module.css';

/** How something stands. */
export type StatusTone = 'good' | 'info' | 'warning' | 'bad' | 'neutral';

const icons: Readonly<Record<StatusTone, IconName>> = {
  good: 'check',
  info: 'info',
  warning: 'warning',
  bad: 'warning',
  neutral: 'wait',
};

/** How something stands, in a word or two with a picture: never by colour alone. */
export const Status = ({
  tone,
  icon = icons[tone],
  children,
}: {
  tone: StatusTone;
  icon?: IconName;
  children: ReactNode;
}) => (
  <span className={`${classes.root} ${classes[tone]}`}>
    <Icon name={icon} size={14} />
    {children}
  </span>
);
