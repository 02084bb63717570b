import { pages } from '../pages.ts';
import { PageHead } from '../ui/layout/page-head.tsx';

export const SettingsPage = () => <PageHead title={pages.settings.title} />;
