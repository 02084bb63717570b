import { TextInput } from '@mantine/core';
import type { HTMLInputAutoCompleteAttribute, ReactNode, Ref } from 'react';

/** What every field is given. */
export interface FieldProps {
  readonly label: string;
  /** What it means, below the label. */
  readonly hint?: ReactNode;
  /** What is wrong with it, in words. */
  readonly error?: string | null;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly mt?: string;
}

/** What a field of text is given besides. */
export interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'email' | 'search';
  readonly name?: string;
  readonly placeholder?: string;
  readonly autoComplete?: HTMLInputAutoCompleteAttribute;
  readonly isReadOnly?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
  readonly autoFocus?: boolean;
}

/** One line of text. */
export const TextField = ({
  hint,
  error,
  isRequired,
  isDisabled,
  isReadOnly,
  onChange,
  autoFocus,
  ...rest
}: TextFieldProps) => (
  <TextInput
    {...rest}
    description={hint}
    error={error}
    required={isRequired ?? false}
    withAsterisk={false}
    disabled={isDisabled ?? false}
    readOnly={isReadOnly ?? false}
    data-autofocus={autoFocus}
    onChange={(event) => onChange(event.currentTarget.value)}
    spellCheck={false}
  />
);
