import { Radio, Stack } from '@mantine/core';
import type { Choice } from './select-field.tsx';
import type { FieldProps } from './text-field.tsx';

/** One of a few, each with what it means. */
export const RadioField = <Value extends string>({
  hint,
  error,
  isRequired,
  isDisabled,
  value,
  choices,
  onChange,
  ...rest
}: FieldProps & {
  value: Value | null;
  choices: readonly (Choice<Value> & { readonly hint?: string })[];
  onChange: (value: Value) => void;
}) => (
  <Radio.Group
    {...rest}
    description={hint}
    error={error}
    required={isRequired ?? false}
    withAsterisk={false}
    value={value}
    onChange={(next) => {
      const chosen = choices.find((choice) => choice.value === next);
      if (chosen !== undefined) onChange(chosen.value);
    }}
  >
    <Stack gap="xs" mt="xs">
      {choices.map((choice) => (
        <Radio
          key={choice.value}
          value={choice.value}
          label={choice.label}
          description={choice.hint}
          disabled={isDisabled ?? false}
        />
      ))}
    </Stack>
  </Radio.Group>
);
