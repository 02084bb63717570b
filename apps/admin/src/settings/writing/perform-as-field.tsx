import { useState } from 'react';
import { RadioField } from '../../ui/fields/radio-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { SettingPlace } from '../saving/problem-summary.tsx';
import { settingNames } from '../saving/setting-words.ts';
import type { SectionForm as Form } from '../saving/use-section-form.ts';
import { useSettings } from '../settings-context.ts';

type Choice = 'nobody' | 'authorized' | 'other';

/** In whose name Turn writes in Lever: nobody's, that of the user who authorized Turn, or another user's. */
export const PerformAsField = ({ form }: { readonly form: Form }) => {
  const { authorizedAs, connectedBy } = useSettings().view.lever;
  const performAs = form.value('performAs');
  const [isOther, setIsOther] = useState(false);
  const choice: Choice =
    performAs === null ? 'nobody' : performAs === authorizedAs && !isOther ? 'authorized' : 'other';
  const choose = (next: Choice): void => {
    setIsOther(next === 'other');
    form.set('performAs', next === 'nobody' ? null : next === 'authorized' ? authorizedAs : '');
  };
  return (
    <SettingPlace of="performAs">
      <RadioField<Choice>
        label={settingNames.performAs}
        hint="Whose name stands at Turn’s notes and tags."
        value={choice}
        onChange={choose}
        choices={[
          { value: 'nobody', label: 'Nobody in particular' },
          ...(authorizedAs === null
            ? []
            : [
                {
                  value: 'authorized' as const,
                  label: 'The Lever user who authorized Turn',
                  ...(connectedBy === null
                    ? {}
                    : { hint: `In Lever the one whom ${connectedBy.name} signed in as.` }),
                },
              ]),
          { value: 'other', label: 'Another Lever user' },
        ]}
      />
      {choice === 'other' && (
        <TextField
          mt="sm"
          label="Id of the Lever user"
          hint="Lever’s own id of an active user, as Lever’s API and exports name it."
          value={performAs ?? ''}
          onChange={(id) => form.set('performAs', id)}
          error={form.problem('performAs') ?? null}
          autoComplete="off"
        />
      )}
    </SettingPlace>
  );
};
