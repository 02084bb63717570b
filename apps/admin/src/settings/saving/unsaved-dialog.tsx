import { Text } from '@mantine/core';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** Asks before unsaved changes are left. */
export const UnsavedDialog = ({
  sections,
  isOpen,
  onStay,
  onLeave,
}: {
  readonly sections: readonly string[];
  readonly isOpen: boolean;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}) => (
  <Dialog
    title="Leave without saving?"
    isOpen={isOpen}
    onClose={onStay}
    actions={
      <>
        <Button onClick={onLeave}>Leave without saving</Button>
        <Button variant="primary" onClick={onStay}>
          Stay
        </Button>
      </>
    }
  >
    <Text size="sm">
      Not saved yet: {sections.join(', ')}. If you leave this page, what you entered there is lost.
    </Text>
  </Dialog>
);
