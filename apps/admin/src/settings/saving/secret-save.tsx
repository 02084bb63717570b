import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/feedback/failure-notice.tsx';
import { Icon } from '../../ui/icon.tsx';
import classes from '../settings.module.css';

/** Save of a form that holds one secret, and what became of it. */
export const SecretSave = ({
  isNext,
  isBusy,
  said,
  error,
}: {
  readonly isNext: boolean;
  readonly isBusy: boolean;
  /** What became of it; null before. */
  readonly said: string | null;
  readonly error: unknown;
}) => (
  <>
    <FailureNotice error={error} title="Not saved" />
    <div className={classes.bar}>
      <Button type="submit" variant={isNext ? 'primary' : 'secondary'} isBusy={isBusy}>
        Save
      </Button>
      <span role="status" className={`${classes.said} ${classes.saved}`}>
        {said !== null && (
          <>
            <Icon name="check" size={16} /> {said}
          </>
        )}
      </span>
    </div>
  </>
);
