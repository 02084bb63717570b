import { Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import brand from '../../ui/brand.svg';
import classes from './plain-page.module.css';

/** A page without navigation: one card in the middle. For whoever is not signed in, and for what went wrong. */
export const PlainPage = ({
  title,
  description,
  children,
}: {
  title: string;
  description?: ReactNode;
  children?: ReactNode;
}) => {
  useEffect(() => {
    document.title = `${title} · Turn`;
  }, [title]);
  return (
    <main className={classes.page}>
      <p className={classes.brand}>
        <img src={brand} alt="" width={28} height={28} />
        Turn for Lever
      </p>
      <Paper className={classes.card} withBorder>
        <Stack gap="md">
          <div>
            <Title order={1}>{title}</Title>
            {description !== undefined && (
              <Text c="dimmed" component="div" mt={4}>
                {description}
              </Text>
            )}
          </div>
          {children}
        </Stack>
      </Paper>
    </main>
  );
};
