import type { Edit, Guard } from '../guard.ts';

/** A leak, noticed at the end of whatever file of `apps/api` meets it: this one is quick. */
const leak = (name: string, ...edits: readonly Edit[]): Guard => ({
  name,
  edits,
  test: {
    file: 'apps/api/test/bad-candidates.test.ts',
    title: 'R37 a one-word name: held.missing_data, with a note and Error in Lever',
  },
  fileFailsWith: 'A secret or a person in clear',
});

/** What keeps persons and secrets out of rows, logs and answers; each is a leak that the canaries must tell. */
export const canaryGuards: readonly Guard[] = [
  leak('no person in the trail of a decision', {
    file: 'packages/core/src/ordering/decide-order.ts',
    find: '    { missing },\n',
    replace: '    { missing, name: opportunity.name },\n',
  }),
  leak('no secret in a log line', {
    file: 'apps/api/src/compose.ts',
    find: 'const turnIsLocal = isLoopbackUrl(env.turnApiUrl);',
    replace: "const turnIsLocal = isLoopbackUrl(env.turnApiUrl);\n  log.info({ env }, 'starting');",
  }),
  leak('no address of ours in an answer', {
    file: 'apps/api/src/routes/lever-webhook.ts',
    find: 'send({ status: admission })',
    replace: 'send({ status: admission, key: request.params.key })',
  }),
  leak(
    'secrets are sealed before they are stored',
    {
      file: 'packages/db/src/seal.ts',
      find: '      new CompactEncrypt(',
      replace: '      Promise.resolve(text) ?? new CompactEncrypt(',
    },
    // So that all goes on as before with what was not sealed.
    {
      file: 'packages/db/src/seal.ts',
      find: 'const { plaintext, protectedHeader } = await open(sealed, byKid, place);',
      replace:
        'if (byKid.size > 0) return sealed;\n      const { plaintext, protectedHeader } = await open(sealed, byKid, place);',
    },
  ),
];
