import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** A link to a page that is not ours, in a tab of its own. */
export const OutsideLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <Anchor href={href} target="_blank" rel="noreferrer noopener">
    {children} <Icon name="out" size={13} />
    <span className="hidden-text"> (opens a new tab)</span>
  </Anchor>
);
