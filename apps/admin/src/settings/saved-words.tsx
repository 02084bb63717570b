import { Moment } from '../ui/moment.tsx';

/** What may be told of a saved secret: its end, by whom and when. Times in ms since 1970 UTC. */
export const SavedWords = ({
  of: { endsIn, savedBy, savedAt },
}: {
  readonly of: {
    /** Null where a secret is too short to show any of it. */
    readonly endsIn: string | null;
    readonly savedBy: { readonly name: string } | null;
    readonly savedAt: number | null;
  };
}) => (
  <>
    Set
    {endsIn !== null && (
      <>
        , ends in <code>{endsIn}</code>
      </>
    )}
    {savedBy !== null && <>, saved by {savedBy.name}</>}
    {savedAt !== null && (
      <>
        {savedBy === null ? ', saved ' : ' '}
        <Moment at={savedAt} />
      </>
    )}
  </>
);
