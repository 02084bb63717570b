import type { Chapter } from '../scenario.ts';

export const authenticity: Chapter = {
  title: 'Letting in only what is genuine',
  scenarios: [
    {
      number: 18,
      fault: 'A signature that is wrong, missing, too short or long, in upper case, or not a text.',
      expected: 'The same 401 each time, never an error of ours, and no row.',
    },
    {
      number: 19,
      fault: 'A genuine signature is pasted onto a body that names another candidate.',
      expected:
        'Nothing is believed: Lever is asked, and says that the candidate is not in the stage. An incident is raised.',
    },
    {
      number: 20,
      fault: 'As before, naming a candidate who stands in the stage and was ordered already.',
      expected: 'No second order, and an incident.',
    },
    {
      number: 21,
      fault: 'A captured delivery is replayed: at once, a day later, and after its secret was replaced.',
      expected: 'A duplicate twice, then 401.',
    },
    {
      number: 22,
      fault: 'A time of trigger in the future, zero, negative, a fraction, a text, enormous.',
      expected:
        'Up to 24 h ahead and anything in the past is accepted. What is further ahead, or no whole number, gets 401 and is counted with its reason.',
    },
    {
      number: 23,
      fault: 'Our clock is ten minutes wrong, either way.',
      expected: 'Genuine deliveries pass and are ordered once.',
      note: 'No metric shows the clock’s skew. On a server all due times are reckoned by the database’s clock (R90).',
    },
    {
      number: 24,
      fault: 'A genuine delivery of one account is posted to the address of another.',
      expected: '401, a row for neither.',
    },
    {
      number: 25,
      fault: 'An address that does not exist.',
      expected: 'The same status and body as for a wrong signature, so that nobody can find out addresses.',
      note: 'The work done is the same too; time is not measured.',
    },
    {
      number: 26,
      fault: 'A secret is replaced while deliveries signed with the old and with the new one arrive.',
      expected: 'Both are accepted during the overlap, afterwards only the new one.',
      note: 'Which secret was used last is not kept.',
    },
    {
      number: 27,
      fault: 'A stored secret cannot be opened, since its encryption key is missing.',
      expected: '503 and an error in the log that names the key; nothing is let in unverified.',
      note: 'There is no incident: a connection that cannot be verified cannot be trusted to be the one it says.',
    },
    {
      number: 28,
      fault: 'A flood of wrong signatures.',
      expected:
        '401, then 429, and no flood of writes. Genuine deliveries are stored, on the same address and on others.',
      note: 'Latency is measured by `bench ingest`. Counting a refusal takes a connection of the same pool as storing: on a loaded machine a genuine delivery may be answered 503 and is stored on its next try.',
    },
    {
      number: 29,
      fault: 'Numbers and texts are spelled in every way that JSON allows.',
      expected: 'What is signed is what is read, for any spelling.',
    },
  ],
};
