import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './section.module.css';

/** A card with a heading: one subject of a screen. `actions` stand at the right of the heading. */
export const Section = ({
  title,
  description,
  actions,
  children,
  id,
}: {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  id?: string;
}) => {
  const headingId = useId();
  return (
    <Paper component="section" id={id} aria-labelledby={headingId} className={classes.card} withBorder>
      <Stack gap="md">
        <Group justify="space-between" align="flex-start" gap="sm">
          <div className={classes.words}>
            <Title order={2} id={headingId}>
              {title}
            </Title>
            {description !== undefined && (
              <Text size="sm" c="dimmed" component="div" mt={2}>
                {description}
              </Text>
            )}
          </div>
          {actions !== undefined && <Group gap="xs">{actions}</Group>}
        </Group>
        {children}
      </Stack>
    </Paper>
  );
};
