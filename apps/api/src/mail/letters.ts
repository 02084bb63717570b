import type { OpenLink } from '@turn-lever/core/ports/people';
import type { EndReminder } from '@turn-lever/core/ports/reminders';

/** What is mailed. Nothing in it is loaded from anywhere. */
export interface Letter {
  readonly subject: string;
  readonly text: string;
  /** Left out where the text is all. */
  readonly html?: string;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const toHtml = (text: string): string => text.replace(/[&<>"']/gu, (sign) => escapes[sign] ?? '');

const letterOf = (subject: string, paragraphs: readonly string[], url: string, last: string): Letter => ({
  // Names that others chose stand in the body alone.
  subject,
  text: `${[...paragraphs, url, last].join('\n\n')}\n`,
  html: [
    ...paragraphs.map((paragraph) => `<p>${toHtml(paragraph)}</p>`),
    `<p><a href="${toHtml(url)}">${toHtml(url)}</a></p>`,
    `<p>${toHtml(last)}</p>`,
  ].join('\n'),
});

const inWords = (instant: number): string =>
  `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** The letter with a one-time link. */
export const linkLetter = (
  link: Exclude<OpenLink, { readonly purpose: 'set-up' }>,
  { url, expiresAt }: { readonly url: string; readonly expiresAt: number },
): Letter => {
  const works = `The link works once, until ${inWords(expiresAt)}.`;
  return link.purpose === 'invitation'
    ? letterOf(
        'Your invitation to Turn background checks in Lever',
        [`You are invited to “${link.accountName}”, where background checks in Lever are set up.`, works],
        url,
        'If you did not expect this, you need not do anything.',
      )
    : letterOf(
        'Your new password for Turn background checks in Lever',
        ['A Super Admin of your account made this link, with which you choose a new password.', works],
        url,
        'If you did not ask for it, tell them. Your password stays as it is.',
      );
};

/** The letter that Lever's authorization ends. `url`: where to reconnect, after signing in; it lets nobody in. */
export const endLetter = ({ accountName, endsAt }: EndReminder, url: string): Letter => ({
  subject: `Reconnect Lever before ${inWords(endsAt).slice(0, 10)}`,
  text: `${[
    `Lever ends every authorization after a year. The one of “${accountName}” ends on ${inWords(endsAt)}.`,
    'Afterwards no background check is ordered until somebody reconnects; who comes meanwhile is kept, and waits.',
    'Sign in as Super Admin, open the Lever Integration and press Reconnect. A Super Admin of Lever has to allow it.',
    url,
  ].join('\n\n')}\n`,
});
