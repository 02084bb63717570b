import { Text } from '@mantine/core';
import type { PackageId } from '@turn-lever/core/ids';
import { usePackages } from '../../packages/use-packages.ts';
import { NumberField } from '../../ui/fields/number-field.tsx';
import { RadioField } from '../../ui/fields/radio-field.tsx';
import { SelectField } from '../../ui/fields/select-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { SettingPlace } from '../saving/problem-summary.tsx';
import { SectionForm } from '../saving/section-form.tsx';
import { settingNames } from '../saving/setting-words.ts';
import { type SectionForm as Form, useSectionForm } from '../saving/use-section-form.ts';
import { useSettings } from '../settings-context.ts';
import { SettingsSection } from '../settings-section.tsx';
import { packageChoices, turnsOwn } from './package-choices.ts';

const title = 'Choosing your package';

/** Which package is ordered where no tag says so, when, and how many. */
export const OrderingSection = () => {
  const { next, view } = useSettings();
  const form = useSectionForm(title);
  return (
    <SettingsSection
      id="ordering"
      title={title}
      description="The package is determined by the candidate’s TurnPackage tag. If no valid package tag is applied when the candidate moves into the stage, the default package is ordered."
    >
      <SectionForm
        form={form}
        keys={['defaultPackageId', 'onInvalidPackageTag', 'waitBeforeOrdering', 'ordersPerHour']}
        isNext={next === 'package' && view.turn.state === 'working'}
      >
        <DefaultPackageField form={form} />
        <SettingPlace of="onInvalidPackageTag">
          <RadioField
            label={settingNames.onInvalidPackageTag}
            hint="For example a misspelling, or a package that your Turn account no longer has."
            value={form.value('onInvalidPackageTag')}
            onChange={(choice) => form.set('onInvalidPackageTag', choice)}
            choices={[
              {
                value: 'default',
                label: 'Order the default package',
                hint: 'The list of checks shows which package was ordered.',
              },
              { value: 'hold', label: 'Hold the order', hint: 'The candidate waits until the tag is right.' },
            ]}
          />
        </SettingPlace>
        <SettingPlace of="waitBeforeOrdering">
          <NumberField
            label={settingNames.waitBeforeOrdering}
            hint="Time to notice a candidate who was moved by mistake: moved back within it, nothing is ordered."
            suffix=" seconds"
            min={0}
            max={86_400}
            value={numberOrNull(form.value('waitBeforeOrdering'))}
            onChange={(seconds) => form.set('waitBeforeOrdering', seconds ?? Number.NaN)}
            error={form.problem('waitBeforeOrdering') ?? null}
          />
        </SettingPlace>
        <SettingPlace of="ordersPerHour">
          <NumberField
            label={settingNames.ordersPerHour}
            hint="More than that within an hour are held for you to release, so that a slip of the hand stays cheap."
            min={1}
            max={10_000}
            value={numberOrNull(form.value('ordersPerHour'))}
            onChange={(count) => form.set('ordersPerHour', count ?? Number.NaN)}
            error={form.problem('ordersPerHour') ?? null}
          />
        </SettingPlace>
      </SectionForm>
    </SettingsSection>
  );
};

const numberOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

const DefaultPackageField = ({ form }: { readonly form: Form }) => {
  const { data: answer } = usePackages();
  const value = form.value('defaultPackageId');
  const set = (id: string): void => form.set('defaultPackageId', id === turnsOwn ? null : (id as PackageId));
  const label = settingNames.defaultPackageId;
  const { choices, warning } = packageChoices(value, answer ?? null);
  return (
    <SettingPlace of="defaultPackageId">
      {answer?.kind === 'not-offered' ? (
        <TextField
          label={label}
          hint="Turn offers no list for this account. Enter a package ID, or leave it empty for Turn’s own default."
          value={value ?? ''}
          onChange={(id) => form.set('defaultPackageId', id === '' ? null : (id as PackageId))}
          error={form.problem('defaultPackageId') ?? null}
          autoComplete="off"
        />
      ) : (
        <SelectField
          label={label}
          value={value ?? turnsOwn}
          choices={choices}
          onChange={set}
          isSearchable={choices.length > 8}
          error={form.problem('defaultPackageId') ?? null}
        />
      )}
      {warning !== null && (
        <Text size="sm" c="var(--warn)" mt={6}>
          {warning}
        </Text>
      )}
    </SettingPlace>
  );
};
