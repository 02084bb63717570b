import { NumberInput } from '@mantine/core';
import type { FieldProps } from './text-field.tsx';

/** A whole number; `null` while nothing readable stands in it. */
export const NumberField = ({
  hint,
  error,
  isRequired,
  isDisabled,
  value,
  onChange,
  ...rest
}: FieldProps & {
  value: number | null;
  onChange: (value: number | null) => void;
  min?: number;
  max?: number;
  step?: number;
  /** The unit, behind the number. */
  suffix?: string;
}) => (
  <NumberInput
    {...rest}
    description={hint}
    error={error}
    required={isRequired ?? false}
    withAsterisk={false}
    disabled={isDisabled ?? false}
    value={value ?? ''}
    allowDecimal={false}
    // A number out of the limits is told about, not silently changed.
    clampBehavior="none"
    onChange={(next) => onChange(typeof next === 'number' ? next : null)}
    // The field is short, what is said about it need not be.
    styles={{ wrapper: { maxWidth: 240 } }}
  />
);
