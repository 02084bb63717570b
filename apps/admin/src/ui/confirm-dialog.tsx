import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { FailureNotice } from './feedback/failure-notice.tsx';
import { TextField } from './fields/text-field.tsx';

/**
 * Asks before something that cannot be taken back: what it does stands in `children`. Where `typed` is given, the person
 * types it first. The focus is not on the button that does it.
 */
export const ConfirmDialog = ({
  title,
  confirmLabel,
  isOpen,
  onClose,
  onConfirm,
  isBusy = false,
  isBlocked = false,
  error = null,
  typed,
  children,
}: {
  title: string;
  confirmLabel: string;
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => void;
  isBusy?: boolean;
  /** What it does is not known yet, so it cannot be confirmed. */
  isBlocked?: boolean;
  error?: unknown;
  /** The words to type, such as the name of the account. */
  typed?: string;
  children: ReactNode;
}) => {
  const formId = useId();
  const [text, setText] = useState('');
  const isTyped = typed === undefined || text.trim() === typed;
  const close = (): void => {
    setText('');
    onClose();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isTyped && !isBusy && !isBlocked) onConfirm();
  };
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            variant="danger"
            type="submit"
            form={formId}
            isBusy={isBusy}
            isDisabled={!isTyped || isBlocked}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit}>
        {children}
        {typed !== undefined && (
          <TextField
            label={`Type “${typed}” to confirm`}
            value={text}
            onChange={setText}
            autoComplete="off"
            mt="md"
          />
        )}
      </form>
      <FailureNotice error={error} />
    </Dialog>
  );
};
