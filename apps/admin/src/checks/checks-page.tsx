import { pages } from '../pages.ts';
import { PageHead } from '../ui/layout/page-head.tsx';

export const ChecksPage = () => <PageHead title={pages.checks.title} />;
