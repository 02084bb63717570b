import { Anchor } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

const RouterAnchor = (props: ComponentPropsWithRef<'a'>) => (
  // Within a sentence colour alone would not tell it apart.
  <Anchor underline="always" {...props} />
);

/** A link to a page of ours. */
export const PageLink = createLink(RouterAnchor);
