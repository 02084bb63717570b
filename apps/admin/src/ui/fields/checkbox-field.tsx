import { Checkbox } from '@mantine/core';
import type { FieldProps } from './text-field.tsx';

/** Something that is on or off once the form is saved. */
export const CheckboxField = ({
  hint,
  error,
  isRequired: _isRequired,
  isDisabled,
  value,
  onChange,
  ...rest
}: FieldProps & { value: boolean; onChange: (value: boolean) => void }) => (
  <Checkbox
    {...rest}
    description={hint}
    error={error}
    disabled={isDisabled ?? false}
    checked={value}
    onChange={(event) => onChange(event.currentTarget.checked)}
  />
);
