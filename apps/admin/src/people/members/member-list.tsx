import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Outputs, useTRPC } from '../../server/trpc.ts';
import classes from '../people.module.css';
import { MemberDialogs } from './member-dialogs.tsx';
import { type MemberAct, MemberRow } from './member-row.tsx';

/** Somebody who belongs to the account. */
export type Member = Outputs['people']['list']['members'][number];

/** The members, each with what can be done. */
export const MemberList = ({ members }: { members: readonly Member[] }) => {
  const trpc = useTRPC();
  const { data: me } = useQuery(trpc.person.me.queryOptions({}));
  const [chosen, setChosen] = useState<{ readonly member: Member; readonly act: MemberAct } | null>(null);
  const superAdmins = members.filter(({ role }) => role === 'super-admin').length;
  return (
    <>
      <ul className={classes.list}>
        {members.map((member) => (
          <MemberRow
            key={member.personId}
            member={member}
            isSelf={member.email === me?.email}
            isLastSuperAdmin={member.role === 'super-admin' && superAdmins === 1}
            onAct={(act) => setChosen({ member, act })}
          />
        ))}
      </ul>
      <MemberDialogs chosen={chosen} onClose={() => setChosen(null)} />
    </>
  );
};
