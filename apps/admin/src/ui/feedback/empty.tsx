import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icon.tsx';
import classes from './empty.module.css';

/** A list with nothing in it: what will appear here, and what to do first. */
export const Empty = ({
  icon,
  title,
  children,
  action,
}: {
  icon: IconName;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) => (
  <Stack align="center" gap="xs" className={classes.root}>
    <span className={classes.picture}>
      <Icon name={icon} size={24} />
    </span>
    {/* No heading: it stands below headings of any level. */}
    <Text fw={620}>{title}</Text>
    {children !== undefined && (
      <Text size="sm" c="dimmed" component="div" maw="34rem">
        {children}
      </Text>
    )}
    {action}
  </Stack>
);
