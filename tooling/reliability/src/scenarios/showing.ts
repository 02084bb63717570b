import type { Chapter } from '../scenario.ts';

export const showing: Chapter = {
  title: 'Showing the check in Lever',
  scenarios: [
    {
      number: 55,
      fault: 'Lever stores a note, and its answer is lost.',
      expected: 'The note is looked for and found, not written again.',
    },
    {
      number: 56,
      fault: 'The process is killed between adding the new status tag and removing the old one.',
      expected: 'After a restart exactly one is left, the right one.',
    },
    {
      number: 57,
      fault: 'A recruiter edits tags while ours are written.',
      expected: 'Only tags of ours are ever removed.',
    },
    {
      number: 58,
      fault: 'Somebody removes our status tag, or puts on a forged one.',
      expected: 'The next status puts it right. A tag alone is no proof of an order: Turn is asked.',
    },
    {
      number: 59,
      fault: 'Turn’s events come doubled, repeated and out of order.',
      expected: 'The status is read from Turn; an old event never moves it back.',
    },
    {
      number: 60,
      fault: 'A finished check is reopened and finished again.',
      expected: 'The tag follows; the report is noted once.',
      note: 'One report note for each order: a second report of the same check has the same address.',
    },
    {
      number: 61,
      fault: 'Turn reports a state that nobody knows, or one made to do harm.',
      expected: 'Shown cleaned, with an incident.',
      note: '`review__xyz` is shown as Compliance Review without an incident, since its beginning is known.',
    },
    {
      number: 62,
      fault: 'The report’s address is not https, of another host, carries a password, or is a script.',
      expected: 'Not written to Lever, and a person is told.',
    },
    {
      number: 63,
      fault: 'Lever answers 429 in the middle of writing.',
      expected: 'Waited for as long as asked, or a while; other accounts do not wait.',
      note: '5 calls a second for each connection and process, not shared between processes: two stay within Lever’s 10.',
    },
    {
      number: 64,
      fault: 'The candidate is removed in Lever after the order.',
      expected: 'Nothing more is written; the order stays visible here.',
    },
    {
      number: 65,
      fault: 'Lever’s access token expires in the middle.',
      expected: 'One refresh, one repeat.',
      note: 'That a second 401 means “reconnect needed” is tested with the adapter.',
    },
    {
      number: 66,
      fault: 'Lever is down while Turn finishes many checks.',
      expected: 'Afterwards all tags and notes are right, nothing twice.',
      note: '24 checks of two accounts, with retries after milliseconds instead of a day.',
    },
  ],
};
