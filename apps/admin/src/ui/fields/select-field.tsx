import { Select } from '@mantine/core';
import type { FieldProps } from './text-field.tsx';

/** One of several to choose from. */
export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

/** One of a list, which can be searched where it is long. */
export const SelectField = <Value extends string>({
  hint,
  error,
  isRequired,
  isDisabled,
  isSearchable = false,
  value,
  choices,
  onChange,
  ...rest
}: FieldProps & {
  value: Value | null;
  choices: readonly Choice<Value>[];
  onChange: (value: Value) => void;
  isSearchable?: boolean;
  placeholder?: string;
}) => (
  <Select
    {...rest}
    description={hint}
    error={error}
    required={isRequired ?? false}
    withAsterisk={false}
    disabled={isDisabled ?? false}
    searchable={isSearchable}
    allowDeselect={false}
    nothingFoundMessage="Nothing of that name"
    data={[...choices]}
    value={value}
    onChange={(next) => {
      const chosen = choices.find((choice) => choice.value === next);
      if (chosen !== undefined) onChange(chosen.value);
    }}
  />
);
