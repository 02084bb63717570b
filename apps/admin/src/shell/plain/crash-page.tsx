import { Button } from '../../ui/button.tsx';
import { PlainPage } from './plain-page.tsx';

/** A page that broke: what to do, and no inner detail. */
export const CrashPage = () => (
  <PlainPage
    title="This page stopped working"
    description="Nothing was changed by it. Loading it again usually helps; if it does not, tell Turn support at support@turning.io what you did last."
  >
    <Button variant="primary" icon="retry" onClick={() => window.location.reload()}>
      Load again
    </Button>
  </PlainPage>
);
