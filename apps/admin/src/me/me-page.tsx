import { pages } from '../pages.ts';
import { PageHead } from '../ui/layout/page-head.tsx';

export const MePage = () => <PageHead title={pages.me.title} />;
