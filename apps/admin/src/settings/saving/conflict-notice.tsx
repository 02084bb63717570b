import { Stack, Text } from '@mantine/core';
import type { Settings } from '@turn-lever/core/settings';
import { type Ref, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/feedback/notice.tsx';
import { RadioField } from '../../ui/fields/radio-field.tsx';
import { Moment } from '../../ui/moment.tsx';
import { changedElsewhere } from './section-draft.ts';
import { settingNames, settingValue } from './setting-words.ts';
import type { Conflict } from './use-section-form.ts';

type Choice = 'mine' | 'theirs';

/** Two people saved: both values of each setting, and who the other was. The person chooses; nothing is decided for them. */
export const ConflictNotice = ({
  conflict,
  began,
  change,
  isSaving,
  onSettle,
  onCancel,
  ref,
}: {
  readonly conflict: Conflict;
  readonly began: Settings;
  readonly change: Partial<Settings>;
  readonly isSaving: boolean;
  readonly onSettle: (taken: readonly (keyof Settings)[]) => void;
  readonly onCancel: () => void;
  readonly ref: Ref<HTMLDivElement>;
}) => {
  const [choices, setChoices] = useState<Partial<Record<keyof Settings, Choice>>>({});
  const { theirs, keys, changedAt } = conflict;
  const name = conflict.changedBy?.name ?? 'Somebody else';
  const others = changedElsewhere(began, theirs, change);
  const mine = { ...theirs, ...change };
  const isChosen = keys.every((key) => choices[key] !== undefined);
  return (
    <div ref={ref} tabIndex={-1}>
      <Notice tone="warning" isSpoken title={`${name} saved these settings meanwhile`}>
        <Stack gap="sm">
          <Text size="sm" c="inherit">
            {changedAt !== null && (
              <>
                That was <Moment at={changedAt} />.{' '}
              </>
            )}
            {keys.length > 0
              ? 'Nothing of yours is saved yet. Choose which value is to hold.'
              : 'It does not touch what you entered. Save yours too?'}
          </Text>
          {keys.map((key) => (
            <RadioField<Choice>
              key={key}
              label={settingNames[key]}
              value={choices[key] ?? null}
              onChange={(choice) => setChoices({ ...choices, [key]: choice })}
              choices={[
                { value: 'theirs', label: `${settingValue(key, theirs)} (${name})` },
                { value: 'mine', label: `${settingValue(key, mine)} (yours)` },
              ]}
            />
          ))}
          {others.length > 0 && (
            <Text size="sm" c="inherit">
              Changed besides:{' '}
              {others.map((key) => `${settingNames[key]}, now ${settingValue(key, theirs)}`).join('; ')}.
            </Text>
          )}
          <div style={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem' }}>
            {isChosen && (
              <Button
                isBusy={isSaving}
                onClick={() => onSettle(keys.filter((key) => choices[key] === 'theirs'))}
              >
                {keys.length > 0 ? 'Save what I chose' : 'Save mine'}
              </Button>
            )}
            <Button variant="quiet" onClick={onCancel}>
              Discard mine
            </Button>
          </div>
        </Stack>
      </Notice>
    </div>
  );
};
