/** The last things that came to the webhook's address. Times in ms since 1970 UTC. */
export interface Heard {
  readonly lastSigned: { readonly kind: 'ping' | 'event'; readonly at: number } | null;
  readonly lastRefused: { readonly reason: string; readonly at: number } | null;
}

/** What the page says while it listens for Lever. */
export interface ListeningState {
  readonly kind: 'waiting' | 'heard' | 'refused';
  readonly title: string;
  readonly text: string;
}

const waiting: ListeningState = {
  kind: 'waiting',
  title: 'Waiting for Lever…',
  text: 'In Lever press Verify Connection at the webhook, or move a candidate to another stage. This turns green by itself.',
};

const causes: Readonly<Record<string, string>> = {
  'rejected.no_secret':
    'Lever reached this address, but no Webhook Secret is saved yet. Copy the signature token that Lever shows at the webhook, paste it into Webhook Secret and save.',
  'rejected.signature':
    'A message came whose signature does not fit the saved secret. Most likely the token was copied from another webhook (each has its own) or was made anew in Lever. Copy it again from the webhook with this address, paste it into Webhook Secret and save.',
  'rejected.clock':
    'A message came that is dated more than a day ahead. Ask Turn support at support@turning.io.',
  'rejected.malformed':
    'Something came that is not a message of Lever. If you tested the address with another tool, all is well; else ask Turn support at support@turning.io.',
};

/**
 * What to say about the last things heard. `since` is what had been heard when the person began to wait: only what came
 * later counts. Both times are the server's, so no clock of the browser is compared.
 */
export const listeningState = (heard: Heard, since: Heard): ListeningState => {
  const signed = later(heard.lastSigned, since.lastSigned);
  const refused = later(heard.lastRefused, since.lastRefused);
  if (refused !== null && (signed === null || refused.at > signed.at))
    return {
      kind: 'refused',
      title: 'Lever’s message was refused',
      text:
        causes[refused.reason] ??
        'A message came that could not be accepted. Ask Turn support at support@turning.io.',
    };
  if (signed === null) return waiting;
  return signed.kind === 'ping'
    ? {
        kind: 'heard',
        title: 'The connection works',
        text: 'Lever’s test arrived, and its signature fits.',
      }
    : {
        kind: 'heard',
        title: 'The connection works',
        text: 'Lever told Turn that a candidate moved, and the signature fits.',
      };
};

/** Nothing heard before: everything counts. */
export const nothingHeard: Heard = { lastSigned: null, lastRefused: null };

const later = <Thing extends { readonly at: number }>(
  now: Thing | null,
  before: Thing | null,
): Thing | null => (now !== null && (before === null || now.at > before.at) ? now : null);
