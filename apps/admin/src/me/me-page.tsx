import { useQuery } from '@tanstack/react-query';
import { pages } from '../pages.ts';
import { useTRPC } from '../server/trpc.ts';
import { PageHead } from '../ui/layout/page-head.tsx';
import { OwnSessions } from './own-sessions.tsx';
import { PasswordSection } from './password-section.tsx';

/** One's own password and sign-ins. */
export const MePage = () => {
  const trpc = useTRPC();
  const { data: me } = useQuery(trpc.person.me.queryOptions({}));
  return (
    <>
      <PageHead
        title={pages.me.title}
        {...(me === undefined ? {} : { description: `${me.name} · ${me.email}` })}
      />
      <div style={{ display: 'grid', gap: '1.25rem' }}>
        <PasswordSection email={me?.email ?? ''} />
        <OwnSessions />
      </div>
    </>
  );
};
