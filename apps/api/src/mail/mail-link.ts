import type { UseLinks } from '@turn-lever/core/use-cases/people/use-links';
import type { Mail } from './create-mail.ts';
import { linkLetter } from './letters.ts';

/** What became of the mail with a link: `off` where no mail server is named. */
export type Mailing = 'sent' | 'not-sent' | 'off';

/** Mails a link just made to whom it is for. Never throws: the link is made, and shown, whether or not it is mailed. */
export type MailLink = (link: {
  readonly token: string;
  readonly url: string;
  readonly expiresAt: number;
}) => Promise<Mailing>;

/** Mails links; null for where there is no mail server. */
export const createMailLink =
  (links: Pick<UseLinks, 'read'>, mail: Mail | null): MailLink =>
  async ({ token, url, expiresAt }) => {
    if (mail === null) return 'off';
    const link = await links.read(token).catch(() => null);
    if (link === null || link.purpose === 'set-up') return 'not-sent';
    return (await mail.send(link.email, linkLetter(link, { url, expiresAt }))) ? 'sent' : 'not-sent';
  };
