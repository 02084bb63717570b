import { Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

/**
 * A dialog: keeps the focus inside, Escape closes it, and the focus returns to where it was. `actions` stand at the end,
 * the one that goes on last.
 */
export const Dialog = ({
  title,
  isOpen,
  onClose,
  children,
  actions,
  width = '30rem',
}: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  actions?: ReactNode;
  width?: string;
}) => (
  <Modal
    opened={isOpen}
    onClose={onClose}
    title={title}
    size={width}
    centered
    closeOnClickOutside={false}
    closeButtonProps={{ 'aria-label': 'Close' }}
    styles={{
      title: { fontWeight: 620, fontSize: 'var(--mantine-font-size-lg)' },
      content: { background: 'var(--card)' },
      header: { background: 'var(--card)' },
    }}
    overlayProps={{ backgroundOpacity: 0.5 }}
  >
    <Stack gap="md">
      {children}
      {actions !== undefined && (
        <Group justify="flex-end" gap="xs">
          {actions}
        </Group>
      )}
    </Stack>
  </Modal>
);
