import type { LinkPurpose } from '@turn-lever/core/people';
import type { ReactNode } from 'react';
import { PlainPage } from '../shell/plain/plain-page.tsx';
import { FailureNotice } from '../ui/feedback/failure-notice.tsx';
import { Loading } from '../ui/feedback/loading.tsx';
import { PageLink } from '../ui/page-link.tsx';
import type { LinkState } from './use-one-time-link.ts';

type OpenState<Purpose extends LinkPurpose> = Extract<LinkState<Purpose>, { kind: 'open' }>;

/** The page of a one-time link: what to do where it does not work, and `children` where it does. */
export const LinkPage = <Purpose extends LinkPurpose>({
  title,
  state,
  brokenAdvice,
  children,
}: {
  title: string;
  state: LinkState<Purpose>;
  brokenAdvice: string;
  children: (open: OpenState<Purpose>) => ReactNode;
}) => {
  if (state.kind === 'open') return children(state);
  if (state.kind === 'broken') {
    return (
      <PlainPage
        title="This link does not work any more"
        description={`It works once and for a limited time, and only as a whole. ${brokenAdvice}`}
      >
        <PageLink to="/sign-in">Sign in</PageLink>
      </PlainPage>
    );
  }
  return (
    <PlainPage title={title}>
      {state.kind === 'opening' ? (
        <Loading what="the link" />
      ) : (
        <FailureNotice error={state.error} title="The link could not be looked up" onRetry={state.retry} />
      )}
    </PlainPage>
  );
};
