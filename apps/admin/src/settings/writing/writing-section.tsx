import { CheckboxField } from '../../ui/fields/checkbox-field.tsx';
import { RadioField } from '../../ui/fields/radio-field.tsx';
import { SettingPlace } from '../saving/problem-summary.tsx';
import { SectionForm } from '../saving/section-form.tsx';
import { settingNames } from '../saving/setting-words.ts';
import { useSectionForm } from '../saving/use-section-form.ts';
import { SettingsSection } from '../settings-section.tsx';
import { PerformAsField } from './perform-as-field.tsx';

const title = 'Updates in Lever';

/** How Turn writes in Lever: notes, statuses, and in whose name. */
export const WritingSection = () => {
  const form = useSectionForm(title);
  return (
    <SettingsSection
      id="writing"
      title={title}
      description="Each check gets a note with its Turn ID, one TurnStatus tag that follows its progress, and, once there is a report, a note with the link to it."
    >
      <SectionForm
        form={form}
        keys={['reportNoteSecret', 'notifyFollowersOnConsider', 'neutralAdverse', 'performAs']}
      >
        <SettingPlace of="reportNoteSecret">
          <RadioField
            label={settingNames.reportNoteSecret}
            value={form.value('reportNoteSecret') ? 'secret' : 'ordinary'}
            onChange={(choice) => form.set('reportNoteSecret', choice === 'secret')}
            choices={[
              {
                value: 'ordinary',
                label: 'Ordinary note',
                hint: 'Everybody who sees the candidate reads it.',
              },
              {
                value: 'secret',
                label: 'Secret note',
                hint: 'Only people with access to sensitive information in Lever read it.',
              },
            ]}
          />
        </SettingPlace>
        <SettingPlace of="notifyFollowersOnConsider">
          <CheckboxField
            label="Notify the candidate’s followers when a check turns to Consider"
            value={form.value('notifyFollowersOnConsider')}
            onChange={(isOn) => form.set('notifyFollowersOnConsider', isOn)}
          />
        </SettingPlace>
        <SettingPlace of="neutralAdverse">
          <RadioField
            label={settingNames.neutralAdverse}
            hint="Consider, the notices, a dispute and Rejected say that something may speak against the candidate."
            value={form.value('neutralAdverse') ? 'neutral' : 'plain'}
            onChange={(choice) => form.set('neutralAdverse', choice === 'neutral')}
            choices={[
              { value: 'plain', label: 'As they are', hint: 'For example TurnStatus:Consider' },
              { value: 'neutral', label: 'One neutral word', hint: 'Always TurnStatus:Report Ready' },
            ]}
          />
        </SettingPlace>
        <PerformAsField form={form} />
      </SectionForm>
    </SettingsSection>
  );
};
