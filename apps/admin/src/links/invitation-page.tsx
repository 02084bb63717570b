import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../server/trpc.ts';
import { PlainPage } from '../shell/plain/plain-page.tsx';
import { roleWords } from '../shell/role-words.ts';
import { Loading } from '../ui/feedback/loading.tsx';
import { AcceptAsMember } from './accept-as-member.tsx';
import { AcceptAsNewcomer } from './accept-as-newcomer.tsx';
import { LinkPage } from './link-page.tsx';
import { OtherPerson } from './other-person.tsx';
import { useOneTimeLink } from './use-one-time-link.ts';

/** An invitation to an account, for somebody new or somebody who signs in already. */
export const InvitationPage = () => {
  const trpc = useTRPC();
  const me = useQuery({ ...trpc.person.me.queryOptions({}), meta: { mayBeSignedOut: true } });
  return (
    <LinkPage
      title="Invitation"
      state={useOneTimeLink('invitation')}
      brokenAdvice="If you joined already, sign in. If not, ask a Super Admin of the account for a new invitation."
    >
      {({ token, link: { accountName, email, role, hasPassword } }) => (
        <PlainPage
          title={`Join ${accountName}`}
          description={`You are invited as ${roleWords[role]}: ${email}`}
        >
          {me.isPending ? (
            <Loading what="who is signed in" />
          ) : me.data !== undefined && me.data.email !== email ? (
            <OtherPerson email={me.data.email} />
          ) : me.data !== undefined || hasPassword ? (
            <AcceptAsMember token={token} email={email} isSignedIn={me.data !== undefined} />
          ) : (
            <AcceptAsNewcomer token={token} email={email} />
          )}
        </PlainPage>
      )}
    </LinkPage>
  );
};
