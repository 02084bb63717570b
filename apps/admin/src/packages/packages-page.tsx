import { pages } from '../pages.ts';
import { PageHead } from '../ui/layout/page-head.tsx';
import { Section } from '../ui/layout/section.tsx';
import { PackageTable } from './package-table.tsx';
import { TagAdvice } from './tag-advice.tsx';

/** The package tags, for everybody who puts them on candidates. */
export const PackagesPage = () => (
  <>
    <PageHead title={pages.packages.title} description={<TagAdvice />} />
    <Section
      title="Your packages"
      description="If no valid package tag is applied when a candidate moves into the stage, your default package is ordered."
    >
      <PackageTable />
    </Section>
  </>
);
