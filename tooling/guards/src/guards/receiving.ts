import type { Guard } from '../guard.ts';

const verify = 'packages/lever-adapter/src/webhook/verify.ts';
const verifying = 'packages/lever-adapter/src/webhook/verify.test.ts';
const admit = 'packages/core/src/use-cases/admit-delivery.ts';
const admitting = 'packages/core/test/admit-delivery.test.ts';

/** What lets nobody in, and stores each delivery once. */
export const receivingGuards: readonly Guard[] = [
  {
    name: 'a signature is asked for',
    edits: [
      { file: admit, find: 'if (!verify(entrance)) {\n', replace: 'if (isPing && !verify(entrance)) {\n' },
    ],
    test: { file: admitting, title: 'that fits no token: an event is refused and counted' },
  },
  {
    name: 'length check before the constant-time compare',
    edits: [
      {
        file: verify,
        find: "const given = isWellFormed ? Buffer.from(String(signed.signature), 'latin1') : noDigest;",
        replace: "const given = Buffer.from(String(signed.signature), 'latin1');",
      },
    ],
    test: { file: verifying, title: 'R18 refuses a signature that is too short' },
    // The compare itself throws.
    failsWith: 'Input buffers must have the same byte length',
  },
  {
    name: 'without a signature token nothing is genuine',
    edits: [
      {
        file: verify,
        find: 'return matches > 0 && isWellFormed && !isKeyless;',
        replace: 'return matches > 0 && isWellFormed;',
      },
    ],
    test: { file: verifying, title: 'refuses everything while there is no token' },
  },
  {
    name: 'an empty signature token is no key',
    edits: [
      {
        file: verify,
        find: "signatureTokens.filter((signatureToken) => signatureToken !== '')",
        replace: 'signatureTokens',
      },
    ],
    test: {
      file: verifying,
      title: 'never takes an empty signature token for a key, since everybody knows it',
    },
  },
  {
    name: 'a disconnected connection takes nothing',
    edits: [
      { file: admit, find: "if (connection.disconnectedAt !== null) return end('gone');", replace: '' },
    ],
    test: { file: admitting, title: 'for a disconnected connection every event is told that it is gone' },
  },
  {
    name: 'a flood of refusals is not written',
    edits: [{ file: admit, find: "if (!(await request.mayCount())) return end('flooded');", replace: '' }],
    test: {
      file: admitting,
      title: 'beyond what may be counted a refusal leaves no trace, and a genuine event is stored',
    },
  },
  {
    name: 'body limit',
    edits: [
      {
        file: 'apps/api/src/server.ts',
        find: 'const bodyLimit = 64 * 1024;',
        replace: 'const bodyLimit = 64 * 1024 * 1024;',
      },
    ],
    test: {
      file: 'apps/api/test/bad-input.test.ts',
      title: 'body over 64 KiB, not JSON, __proto__, 100,000 nested arrays R11 over 64 KiB',
    },
  },
  {
    name: 'duplicate key: one row for each delivery',
    edits: [
      {
        file: 'packages/db/migrations/0002_delivery_key.sql',
        find: 'CREATE UNIQUE INDEX "delivery_key_unique"',
        replace: 'CREATE INDEX "delivery_key_unique"',
      },
      // Postgres refuses a conflict target without a unique index, and with it the whole statement.
      {
        file: 'packages/db/src/inbox/store-deliveries.ts',
        find: 'on conflict (connection_id, key, variant) do nothing',
        replace: '',
      },
    ],
    test: {
      file: 'packages/db/test/inbox.contract.test.ts',
      title: 'receiving counts a repeat on the first row',
    },
  },
  {
    name: 'duplicate key: repeats in one statement are folded',
    edits: [
      {
        file: 'packages/db/src/inbox/batch-receives.ts',
        find: 'const groups = [...Map.groupBy(calls, ({ identity }) => identity).values()];',
        replace: 'const groups = calls.map((call) => [call]);',
      },
    ],
    test: {
      file: 'packages/db/test/inbox.contract.test.ts',
      title: 'receiving makes one row of 50 identical deliveries at once, and one of them is the first',
    },
  },
  {
    name: 'more than can wait is turned away',
    edits: [
      {
        file: 'packages/db/src/inbox/batch-receives.ts',
        find: 'if (waiting.size >= limits.maxWaiting) {',
        replace: 'if (waiting.size < 0) {',
      },
    ],
    test: {
      file: 'packages/db/test/inbox.test.ts',
      title: 'turns away what is more than can wait, and stores the rest',
    },
  },
];
