/** A step of the account's one pipeline; ids are slugs or UUIDs (lever-api.md §4.3). */
export interface Stage {
  id: string;
  text: string;
}

/** The pipeline of a new account. */
export function defaultStages(): Stage[] {
  return [
    { id: 'lead-new', text: 'New lead' },
    { id: 'lead-reached-out', text: 'Reached out' },
    { id: 'lead-responded', text: 'Responded' },
    { id: 'applicant-new', text: 'New applicant' },
    { id: '3f1d5a52-6c0b-4f53-9a3e-0d6f1a2b7c01', text: 'Recruiter screen' },
    { id: '8b7e2c94-51d6-4d0e-8f42-7a9c3e5d1f02', text: 'On-site interview' },
    { id: 'd2a4c6e8-1b3d-4f57-a9c1-e3f5a7b9d103', text: 'Reference Check' },
    { id: 'offer', text: 'Offer' },
  ];
}

/** The stage with this id or, failing that, this text (trimmed, any case). Throws when there is none. */
export function findStage(stages: readonly Stage[], idOrText: string): Stage {
  const wanted = idOrText.trim().toLowerCase();
  const stage =
    stages.find(({ id }) => id === idOrText) ??
    stages.find(({ text }) => text.trim().toLowerCase() === wanted);
  if (stage === undefined) throw new Error(`The emulated account has no stage "${idOrText}".`);
  return stage;
}
