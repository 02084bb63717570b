import { Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';

// The first page keeps the focus where browsers put it. Later ones take it, so that screen readers say where one is.
let hasShownPage = false;

/** The heading of a screen, which is the title of the browser's tab too. */
export const PageHead = ({
  title,
  description,
  actions,
}: {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
}) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Turn`;
  }, [title]);
  useEffect(() => {
    if (hasShownPage) heading.current?.focus({ preventScroll: true });
    hasShownPage = true;
  }, []);
  return (
    <Group justify="space-between" align="flex-end" gap="sm" mb="lg">
      <div style={{ flex: '1 1 18rem' }}>
        <Title order={1} tabIndex={-1} ref={heading}>
          {title}
        </Title>
        {description !== undefined && (
          <Text c="dimmed" component="div" mt={4} maw="46rem">
            {description}
          </Text>
        )}
      </div>
      {actions !== undefined && <Group gap="xs">{actions}</Group>}
    </Group>
  );
};
