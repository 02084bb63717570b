/** The switch in Lever that no program can press or see (`lever-api.md` §3.5). */
export const SwitchWords = () => (
  <>
    Candidate Stage Change still has to be switched on in Lever, by a Super Admin: Settings &gt; Integrations
    and API &gt; Webhooks.
  </>
);
