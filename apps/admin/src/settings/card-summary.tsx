import { Status } from '../ui/feedback/status.tsx';
import { leverHealth } from './authorize/lever-health.ts';
import { checklistCount } from './checklist/checklist-rows.ts';
import classes from './settings.module.css';
import { useSettings } from './settings-context.ts';
import { turnHealth } from './turn-account/turn-health.ts';

/** How the connection stands, in three words that are seen while the card is closed too. */
export const CardSummary = () => {
  const { view } = useSettings();
  const lever = leverHealth(view.lever, Date.now());
  const turn = turnHealth(view.turn.state);
  const isDone = view.checklist.every((fact) => fact.isDone);
  return (
    <span className={classes.statuses}>
      <Status tone={lever.tone}>Lever: {lever.word.toLowerCase()}</Status>
      <Status tone={turn.tone}>Turn: {turn.word.toLowerCase()}</Status>
      <Status tone={isDone ? 'good' : 'info'}>Set-up: {checklistCount(view.checklist)}</Status>
    </span>
  );
};
