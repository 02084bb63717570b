import { Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './settings.module.css';

/** The places on the page that the checklist and messages lead to. */
export type SectionId =
  | 'authorize'
  | 'webhook'
  | 'stage'
  | 'turn-account'
  | 'ordering'
  | 'writing'
  | 'package-tags'
  | 'disconnect';

/** One subject of the settings, with its own Save. */
export const SettingsSection = ({
  id,
  title,
  status,
  description,
  children,
}: {
  readonly id: SectionId;
  readonly title: string;
  readonly status?: ReactNode;
  readonly description?: ReactNode;
  readonly children: ReactNode;
}) => {
  const headingId = useId();
  return (
    <section id={id} aria-labelledby={headingId} className={classes.section}>
      <Stack gap="md">
        <div className={classes.words}>
          <Group gap="sm">
            <Title order={3} id={headingId} tabIndex={-1}>
              {title}
            </Title>
            {status}
          </Group>
          {description !== undefined && (
            <Text size="sm" c="dimmed" component="div" mt={4}>
              {description}
            </Text>
          )}
        </div>
        {children}
      </Stack>
    </section>
  );
};
