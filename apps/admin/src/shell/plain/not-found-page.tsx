import { PageLink } from '../../ui/page-link.tsx';
import { PlainPage } from './plain-page.tsx';

/** An address that leads nowhere. */
export const NotFoundPage = () => (
  <PlainPage title="There is no such page" description="The address may be old or mistyped.">
    <PageLink to="/">Go to the start</PageLink>
  </PlainPage>
);
