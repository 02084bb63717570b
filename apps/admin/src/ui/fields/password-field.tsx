import { PasswordInput } from '@mantine/core';
import type { TextFieldProps } from './text-field.tsx';

/** A password or another secret: hidden unless asked for; pasting and password managers work. */
export const PasswordField = ({
  hint,
  error,
  isRequired,
  isDisabled,
  isReadOnly,
  onChange,
  autoFocus,
  type: _type,
  ...rest
}: TextFieldProps) => (
  <PasswordInput
    {...rest}
    description={hint}
    error={error}
    required={isRequired ?? false}
    withAsterisk={false}
    disabled={isDisabled ?? false}
    readOnly={isReadOnly ?? false}
    data-autofocus={autoFocus}
    onChange={(event) => onChange(event.currentTarget.value)}
    visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed', tabIndex: 0 }}
    spellCheck={false}
  />
);
