import { Text } from '@mantine/core';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/feedback/notice.tsx';
import { Icon } from '../../ui/icon.tsx';
import classes from '../settings.module.css';
import { ConflictNotice } from './conflict-notice.tsx';
import { ProblemSummary } from './problem-summary.tsx';
import type { SectionForm } from './use-section-form.ts';

/** The end of a section: what is wrong, who else saved, Save, and what became of it. */
export const SaveBar = ({ form, isNext }: { readonly form: SectionForm; readonly isNext: boolean }) => {
  const { problems, conflict, notice, summary } = form;
  return (
    <>
      {problems.length > 0 && <ProblemSummary problems={problems} ref={summary} />}
      {conflict !== null && (
        <ConflictNotice
          conflict={conflict}
          began={form.began}
          change={form.change}
          isSaving={form.isSaving}
          onSettle={(taken) => void form.settle(taken)}
          onCancel={form.startOver}
          ref={summary}
        />
      )}
      {notice?.kind === 'failed' && (
        <div ref={summary} tabIndex={-1}>
          <Notice tone="bad" isSpoken title="Not saved">
            {notice.text}
          </Notice>
        </div>
      )}
      <div className={classes.bar}>
        {conflict === null && (
          <Button type="submit" variant={isNext ? 'primary' : 'secondary'} isBusy={form.isSaving}>
            Save
          </Button>
        )}
        {form.isUnsaved && conflict === null && !form.isSaving && (
          <Button variant="quiet" onClick={form.startOver}>
            Discard changes
          </Button>
        )}
        <SavedWords form={form} />
      </div>
    </>
  );
};

const SavedWords = ({ form: { notice, isUnsaved, conflict } }: { readonly form: SectionForm }) => (
  <span role="status" className={`${classes.said} ${notice?.kind === 'saved' ? classes.saved : ''}`}>
    {notice?.kind === 'saved' && (
      <>
        <Icon name="check" size={16} /> Saved
      </>
    )}
    {notice?.kind === 'nothing-to-save' && 'This is saved already.'}
    {notice === null && isUnsaved && conflict === null && (
      <Text span size="sm">
        Not saved yet
      </Text>
    )}
  </span>
);
