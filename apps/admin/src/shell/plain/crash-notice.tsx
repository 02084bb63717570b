import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/feedback/notice.tsx';

/** In the place of a page that broke while the navigation around it still works. */
export const CrashNotice = () => (
  <Notice
    tone="bad"
    isSpoken
    title="This page stopped working"
    action={
      <Button icon="retry" onClick={() => window.location.reload()}>
        Load again
      </Button>
    }
  >
    Nothing was changed by it. Loading it again usually helps; if it does not, tell Turn support at
    support@turning.io what you did last.
  </Notice>
);
