import type { Chapter } from '../scenario.ts';

export const authorizing: Chapter = {
  title: 'Being let in by Lever, and staying in',
  scenarios: [
    {
      number: 67,
      fault: 'Fifty calls of two processes meet an expired token.',
      expected: 'One refresh, and all calls succeed.',
    },
    {
      number: 68,
      fault: 'The program dies after Lever gave new tokens and before they are stored.',
      expected: '“Reconnect needed” at the next start, an incident, and candidates are held.',
    },
    {
      number: 69,
      fault: 'The refresh is refused, because another process was faster.',
      expected: 'The other’s tokens are used; the connection is not called broken.',
    },
    {
      number: 70,
      fault: 'Whoever refreshes hangs.',
      expected: 'Its lease lapses and another goes on; nothing stays stuck.',
    },
    {
      number: 71,
      fault: 'Refreshing fails for a long time, then works.',
      expected:
        'At most one try in 30 s, and no word of a broken connection. A token that still works is used. It recovers by itself.',
    },
    {
      number: 72,
      fault: 'Nobody uses a connection for months.',
      expected:
        'Its tokens are renewed before a week is over. A revocation is found, and told, although no candidate comes.',
      note: 'Looked at daily. The sweep uses the tokens every 15 minutes anyway.',
    },
    {
      number: 73,
      fault:
        'A return from Lever without a state, with a foreign, used or late one; a code that is invented or spent; a refusal; another issuer; nobody signed in.',
      expected: 'Nothing is stored, the page says why in one word, what concerns an account is audited.',
    },
    {
      number: 74,
      fault: 'Somebody begins, and another browser finishes.',
      expected: 'Refused, and the attempt is spent for both.',
    },
    {
      number: 75,
      fault: 'Between start and return somebody is demoted, removed, or disconnects.',
      expected: 'Refused.',
    },
    {
      number: 76,
      fault:
        'Another Lever account than the connected one; one that another account of ours has; two ask for it at once.',
      expected: 'Refused, and neither is changed. Of two at once one gets it.',
    },
    {
      number: 77,
      fault: 'Fewer permissions are granted than were asked for.',
      expected: 'Not connected; the missing ones are named.',
    },
    {
      number: 78,
      fault: 'A new authorization comes while the old token is being refreshed.',
      expected: 'The old pair is not written back over the new one.',
    },
    {
      number: 79,
      fault: 'Somebody disconnects.',
      expected:
        'Tokens and secrets are erased, our webhooks deleted, the address answers 410. The account has a fresh connection that is not connected.',
      note: 'Lever has no call to revoke tokens; they end by themselves.',
    },
    {
      number: 80,
      fault: 'A page to come back to that is another site’s, in any spelling.',
      expected: 'Refused before anybody goes anywhere.',
    },
  ],
};
