import { pages } from '../pages.ts';
import { PageHead } from '../ui/layout/page-head.tsx';

export const PackagesPage = () => <PageHead title={pages.packages.title} />;
