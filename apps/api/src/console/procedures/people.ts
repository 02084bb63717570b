import type { ManagePeople, NewLink } from '@turn-lever/core/use-cases/people/manage-people';
import type { MailLink } from '../../mail/mail-link.ts';
import { may, router } from '../access.ts';
import { email, ids, inAccount, role } from '../inputs.ts';
import { resultOf } from '../result-of.ts';

/** What the people procedures need. */
export interface PeoplePorts {
  readonly managePeople: ManagePeople;
  /** The address that a link's token makes, with the token in the fragment. */
  readonly linkUrl: (page: 'invitation' | 'password', token: string) => string;
  readonly mailLink: MailLink;
}

const onMember = inAccount({ personId: ids.personId });

/** What Super Admins do with the people of their account. Links are shown to them, once, and mailed where that is set up. */
export const createPeopleProcedures = ({ managePeople, linkUrl, mailLink }: PeoplePorts) => {
  const handOut = async (page: 'invitation' | 'password', { token, ...link }: NewLink) => {
    const url = linkUrl(page, token);
    return { ...link, url, mail: await mailLink({ token, url, expiresAt: link.expiresAt }) };
  };
  return router({
    list: may('manage people')
      .input(inAccount({}))
      .query(({ ctx }) => resultOf(managePeople.list(ctx.person))),
    invite: may('manage people')
      .input(inAccount({ email, role }))
      .mutation(async ({ ctx, input }) => {
        const given = { email: input.email, role: input.role };
        return handOut('invitation', await resultOf(managePeople.invite(ctx.person, given)));
      }),
    withdrawInvitation: may('manage people')
      .input(inAccount({ linkId: ids.linkId }))
      .mutation(({ ctx, input }) => resultOf(managePeople.withdrawInvitation(ctx.person, input.linkId))),
    changeRole: may('manage people')
      .input(inAccount({ personId: ids.personId, role }))
      .mutation(({ ctx, input }) =>
        resultOf(managePeople.changeRole(ctx.person, input.personId, input.role)),
      ),
    remove: may('manage people')
      .input(onMember)
      .mutation(({ ctx, input }) => resultOf(managePeople.remove(ctx.person, input.personId))),
    endSessions: may('manage people')
      .input(onMember)
      .mutation(({ ctx, input }) => resultOf(managePeople.endSessions(ctx.person, input.personId))),
    makePasswordLink: may('manage people')
      .input(onMember)
      .mutation(async ({ ctx, input }) =>
        handOut('password', await resultOf(managePeople.makePasswordLink(ctx.person, input.personId))),
      ),
  });
};
