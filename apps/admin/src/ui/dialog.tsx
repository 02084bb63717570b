import { Group, Modal, Stack } from '@mantine/core';
import { type ReactNode, useSyncExternalStore } from 'react';
import { prompter } from '../server/prompt.ts';

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
  isOnTop = false,
}: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  actions?: ReactNode;
  width?: string;
  /** It comes over other dialogs: Escape is for it alone. */
  isOnTop?: boolean;
}) => {
  const { asked } = useSyncExternalStore(prompter.subscribe, prompter.read);
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      size={width}
      centered
      padding="lg"
      closeOnClickOutside={false}
      closeOnEscape={isOnTop || asked === null}
      zIndex={isOnTop ? 400 : 200}
      closeButtonProps={{ 'aria-label': 'Close' }}
      // Its header is not another banner of the page.
      attributes={{ header: { role: 'none' } }}
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
};
