import { pages } from '../pages.ts';
import { PageHead } from '../ui/layout/page-head.tsx';

export const PeoplePage = () => <PageHead title={pages.people.title} />;
