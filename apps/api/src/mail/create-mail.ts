import { createTransport } from 'nodemailer';
import type { Logger } from 'pino';
import { isLoopback } from '../config/is-loopback.ts';
import { describeError } from '../log.ts';
import { within } from '../within.ts';
import type { Letter } from './letters.ts';

/** Sends letters. */
export interface Mail {
  /** Whether the mail server took it, within 10 s. Never throws; neither address nor text comes into the log. */
  send(to: string, letter: Letter): Promise<boolean>;
}

// ms. Somebody looks at a page that waits for it.
const connectionTimeout = 5000;
const sendTimeout = 10_000;

/**
 * Mail by SMTP, one connection for each letter. On its way to another machine it must be encrypted: a link in it lets
 * its reader in.
 */
export const createMail = (config: {
  readonly smtpUrl: string;
  readonly from: string;
  readonly log: Logger;
}): Mail => {
  const { smtpUrl, from, log } = config;
  const transport = createTransport({
    url: smtpUrl,
    requireTLS: smtpUrl.startsWith('smtp:') && !isLoopback(new URL(smtpUrl)),
    connectionTimeout,
    greetingTimeout: connectionTimeout,
    dnsTimeout: connectionTimeout,
    socketTimeout: sendTimeout,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  });
  return {
    send: async (to, { subject, text, html }) => {
      try {
        // As parts, so that an address is never read as a list of them.
        const letter = {
          from,
          to: { name: '', address: to },
          subject,
          text,
          ...(html === undefined ? {} : { html }),
        };
        const { accepted } = await within(sendTimeout, transport.sendMail(letter));
        return accepted.length > 0;
      } catch (error) {
        // Its message repeats what the server said, which holds the address.
        log.warn(describeError(error), 'mail not sent');
        return false;
      }
    },
  };
};
