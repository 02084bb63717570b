import type { LeverAccount } from '@turn-lever/emulator/lever/account/lever-account';
import type { LeverEmulator } from '@turn-lever/emulator/lever/create-lever-emulator';
import type { TurnAccount } from '@turn-lever/emulator/turn/account/turn-account';
import type { Step } from './tell.ts';

/** The two vendors, and the candidate the story is about. */
export interface Scene {
  readonly lever: LeverEmulator;
  readonly leverAccount: LeverAccount;
  readonly turnAccount: TurnAccount;
  readonly opportunityId: string;
  readonly name: string;
}

const statusTag = (tags: readonly string[]): string | undefined =>
  tags.find((tag) => tag.startsWith('TurnStatus:'));

/** What happens when a recruiter moves the candidate, as the vendors themselves see it. */
export const story = ({ leverAccount, turnAccount, opportunityId, name }: Scene): readonly Step[] => {
  const opportunity = () => leverAccount.opportunity(opportunityId);
  const note = (start: string) => opportunity().notes.find(({ value }) => value.startsWith(start))?.value;
  const line = (text: string | undefined, words: (text: string) => string): string | null =>
    text === undefined ? null : words(text);
  const told = () =>
    leverAccount.deliveries.find(({ attempts }) => attempts.some(({ status }) => status === 200));
  const shows = (tag: string): Step => ({
    expected: `Lever shows ${tag}`,
    seen: () => (statusTag(opportunity().tags) === tag ? `Lever shows the tag ${tag}` : null),
  });
  return [
    {
      expected: 'Lever’s webhook is answered',
      seen: () => (told() === undefined ? null : 'Lever tells us by webhook; stored, answered 200'),
    },
    {
      expected: 'a check is ordered',
      seen: () =>
        line(
          turnAccount.checks[0]?.packageId ?? undefined,
          (id) => `After a wait of 2 s, still there: ordered at Turn, package ${id}`,
        ),
    },
    {
      expected: 'Lever shows the Turn ID',
      seen: () => line(note('Turn background check ordered'), (text) => `Lever shows the note “${text}”`),
    },
    {
      expected: 'Lever shows a status',
      seen: () => line(statusTag(opportunity().tags), (tag) => `Lever shows the tag ${tag}`),
    },
    {
      expected: 'Turn settles the check',
      seen: () =>
        turnAccount.checks[0]?.state === 'approved' ? `Turn has finished: ${name} is clear` : null,
    },
    shows('TurnStatus:Clear'),
    {
      expected: 'Lever shows the report',
      seen: () => line(note('Turn background check report'), (text) => `Lever shows the note “${text}”`),
    },
  ];
};

/** What must be true at the end; answers everything that is not. */
export const findFaults = (
  { leverAccount, turnAccount, opportunityId }: Scene,
  tagsBefore: readonly string[],
): readonly string[] => {
  const { tags, notes } = leverAccount.opportunity(opportunityId);
  const live = notes.filter(({ deletedAt }) => deletedAt === null);
  const count = (start: string) => live.filter(({ value }) => value.startsWith(start)).length;
  const expected: readonly (readonly [string, number, number])[] = [
    ['orders at Turn', turnAccount.checks.length, 1],
    ['notes', live.length, 2],
    ['Turn ID notes', count('Turn background check ordered. Turn ID: C'), 1],
    ['report notes', count('Turn background check report: http'), 1],
    ['tags of ours', tags.filter((tag) => tag.startsWith('TurnStatus:')).length, 1],
    ['TurnStatus:Clear tags', tags.filter((tag) => tag === 'TurnStatus:Clear').length, 1],
    ['tags that were there before', tagsBefore.filter((tag) => tags.includes(tag)).length, tagsBefore.length],
  ];
  return expected
    .filter(([, seen, due]) => seen !== due)
    .map(([what, seen, due]) => `${what}: ${seen} instead of ${due}`);
};
