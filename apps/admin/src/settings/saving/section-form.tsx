import { Stack } from '@mantine/core';
import type { Settings } from '@turn-lever/core/settings';
import type { ReactNode } from 'react';
import { Facts } from '../facts.tsx';
import { useSettings } from '../settings-context.ts';
import { SaveBar } from './save-bar.tsx';
import { settingNames, settingValue } from './setting-words.ts';
import type { SectionForm as Form } from './use-section-form.ts';

/** The fields of a section with its Save; for whoever may not change them, their values and nothing to press. */
export const SectionForm = ({
  form,
  keys,
  isNext = false,
  onSubmit = () => form.submit(),
  children,
}: {
  readonly form: Form;
  readonly keys: readonly (keyof Settings)[];
  readonly isNext?: boolean;
  readonly onSubmit?: () => Promise<void>;
  readonly children: ReactNode;
}) => {
  const { mayChange, view } = useSettings();
  if (!mayChange)
    return <Facts of={keys.map((key) => [settingNames[key], settingValue(key, view.settings)])} />;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit();
      }}
    >
      <Stack gap="md">
        {children}
        <SaveBar form={form} isNext={isNext} />
      </Stack>
    </form>
  );
};
