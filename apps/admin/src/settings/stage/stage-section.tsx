import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../../server/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/feedback/notice.tsx';
import { SelectField } from '../../ui/fields/select-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { BacklogReview } from '../backlog/backlog-review.tsx';
import { SettingPlace } from '../saving/problem-summary.tsx';
import { SectionForm } from '../saving/section-form.tsx';
import { settingNames } from '../saving/setting-words.ts';
import { type SectionForm as Form, useSectionForm } from '../saving/use-section-form.ts';
import { useSettings } from '../settings-context.ts';
import { SettingsSection } from '../settings-section.tsx';
import {
  chosenStageId,
  type ListedStage,
  stageOptions,
  stageWarning,
  standingSentence,
} from './stage-warning.ts';

const title = 'When to start a background check';

/** Which stage starts a check. */
export const StageSection = () => {
  const { ids, view, next, mayChange } = useSettings();
  const trpc = useTRPC();
  const form = useSectionForm(title);
  const isConnected = view.lever.state === 'working';
  const { data: answer } = useQuery(
    trpc.settings.stages.queryOptions(ids, { enabled: isConnected, refetchInterval: 60_000 }),
  );
  const stages = answer?.kind === 'listed' ? answer.stages : null;
  const warning = stageWarning(view.triggerStage, stages);
  const shown = stages === null ? null : chosenStageId(view.triggerStage, stages);
  const isByName = shown !== null && view.triggerStage.kind !== 'resolved';
  return (
    <SettingsSection
      id="stage"
      title={title}
      description="A check is ordered when a candidate moves into this stage. Every other stage change is ignored."
    >
      {warning !== null && isConnected && <Notice tone="warning">{warning}</Notice>}
      <SectionForm
        form={form}
        keys={['triggerStage']}
        isNext={next === 'stage'}
        onSubmit={() => form.submit(isByName ? { id: shown } : undefined)}
      >
        <SettingPlace of="triggerStage">
          {stages === null ? (
            <StageName form={form} isConnected={isConnected} isUnreadable={answer !== undefined} />
          ) : (
            <StagePicker form={form} stages={stages} />
          )}
        </SettingPlace>
      </SectionForm>
      {mayChange && view.triggerStage.kind === 'resolved' && isConnected && <StandingReview />}
    </SettingsSection>
  );
};

const StageName = ({
  form,
  isConnected,
  isUnreadable,
}: {
  readonly form: Form;
  readonly isConnected: boolean;
  readonly isUnreadable: boolean;
}) => (
  <TextField
    label={settingNames.triggerStage}
    hint={
      isConnected && isUnreadable
        ? 'Lever’s stages cannot be read right now. A name can be saved all the same.'
        : 'Paste the name of your trigger stage. Once Lever is authorized, choose it from your pipeline here.'
    }
    value={form.value('triggerStage')}
    onChange={(name) => form.set('triggerStage', name)}
    error={form.problem('triggerStage') ?? null}
    autoComplete="off"
  />
);

const StagePicker = ({ form, stages }: { readonly form: Form; readonly stages: readonly ListedStage[] }) => {
  const { view } = useSettings();
  const chosen = form.stageId ?? chosenStageId(view.triggerStage, stages);
  return (
    <>
      <SelectField
        label={settingNames.triggerStage}
        hint="In the order of your pipeline. To add a stage, contact Lever support."
        placeholder="Choose a stage"
        isSearchable
        value={chosen}
        choices={stageOptions(stages)}
        onChange={(id) => form.setStage(stages.find((stage) => stage.id === id) ?? null)}
        error={form.problem('triggerStage') ?? null}
      />
      {chosen !== null && <Standing stageId={chosen} />}
    </>
  );
};

const Standing = ({ stageId }: { readonly stageId: string }) => {
  const { ids } = useSettings();
  const trpc = useTRPC();
  const { data } = useQuery(trpc.settings.candidatesInStage.queryOptions({ ...ids, stageId }));
  return (
    <Text size="sm" c="dimmed" mt={6} role="status">
      {data !== undefined && 'count' in data && standingSentence(data)}
    </Text>
  );
};

/** Who could still be ordered, on demand: to look is written down, and asks Lever. */
const StandingReview = () => {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div>
      <Button size="xs" onClick={() => setIsOpen(!isOpen)}>
        {isOpen ? 'Hide who waits' : 'See who waits in this stage'}
      </Button>
      {isOpen && <BacklogReview />}
    </div>
  );
};
