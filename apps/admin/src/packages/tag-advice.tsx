/** What package tags do and where they belong in Lever, as in the help article. */
export const TagAdvice = () => (
  <>
    The tag on an opportunity chooses its package. Configure all of these tags in your Lever account settings
    under <b>Sources and tags</b>, so that there is no danger of misspellings; on a posting a tag counts for
    all of its candidates.
  </>
);
