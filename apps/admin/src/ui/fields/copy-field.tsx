import { Group, TextInput } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import { Button } from '../button.tsx';
import { useCopied } from './use-copied.ts';

/** A value to be taken elsewhere: read-only, copied by one press, wholly selected where the clipboard is closed. */
export const CopyField = ({ label, hint, value }: { label: string; hint?: ReactNode; value: string }) => {
  const input = useRef<HTMLInputElement>(null);
  const { said, copy } = useCopied();
  const onCopy = async (): Promise<void> => {
    if (!(await copy(value))) input.current?.select();
  };
  return (
    <Group gap="xs" align="flex-end">
      <TextInput
        ref={input}
        label={label}
        description={hint}
        value={value}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
        style={{ flex: '1 1 14rem' }}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      />
      <Button
        icon={said === 'Copied' ? 'check' : 'copy'}
        label={`Copy: ${label}`}
        onClick={() => void onCopy()}
      >
        {said === 'Copied' ? 'Copied' : 'Copy'}
      </Button>
      <span role="status" className="hidden-text">
        {said}
      </span>
    </Group>
  );
};
