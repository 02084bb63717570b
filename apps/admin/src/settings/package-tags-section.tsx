import { PackageTable } from '../packages/package-table.tsx';
import { TagAdvice } from '../packages/tag-advice.tsx';
import { SettingsSection } from './settings-section.tsx';

/** Every package with the tag that chooses it, and where tags belong in Lever. */
export const PackageTagsSection = () => (
  <SettingsSection id="package-tags" title="Package tags" description={<TagAdvice />}>
    <PackageTable />
  </SettingsSection>
);
