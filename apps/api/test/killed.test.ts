import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { describe, expect, inject, test } from 'vitest';
import { runCommand, startChild } from './child-program.ts';
import { createVendors, eventually } from './world.ts';

const databases: readonly (readonly [string, () => Promise<string | undefined>])[] = [
  ['the embedded database', async () => undefined],
  ['a Postgres server', () => createDatabase(inject('postgresUrl'))],
];

describe.each(databases)('killed on %s', (_title, createDatabaseUrl) => {
  test('R82 after the order was committed at Turn and before its answer was stored: one order, one note, one tag', async () => {
    const databaseUrl = await createDatabaseUrl();
    const vendors = await createVendors(databaseUrl === undefined ? {} : { databaseUrl });
    const { lever, turn, url, variables } = vendors;
    const leverAccount = lever.createAccount();
    const turnAccount = turn.createAccount();
    const grant = leverAccount.createGrant();
    const webhook = leverAccount.createWebhook({ url });
    const made = await runCommand(
      'account-create-main.ts',
      variables,
      JSON.stringify({
        name: 'Killed',
        superAdminEmail: 'admin@example.com',
        lever: {
          environment: 'sandbox',
          accountId: leverAccount.id,
          accessToken: grant.accessToken,
          refreshToken: grant.refreshToken,
          expiresAt: grant.expiresAt,
          signatureToken: webhook.signatureToken,
        },
        turn: { token: turnAccount.token },
        settings: { waitBeforeOrdering: 0 },
      }),
    );
    expect(made.problem).toBe('');
    const { leverWebhookUrl, turnWebhookUrl } = JSON.parse(made.out) as {
      leverWebhookUrl: string;
      turnWebhookUrl: string;
    };
    leverAccount.editWebhook(webhook.id, { url: leverWebhookUrl });
    turnAccount.setScreeningWebhookUrl(turnWebhookUrl);

    const id = leverAccount.addOpportunity({
      name: 'Ada Example',
      emails: ['ada@example.com'],
      tags: ['Engineering'],
    }).id;
    turn.faults.add({ route: 'POST /v1/person/search_async', kind: 'no-answer', commit: true });
    const first = await startChild(url, variables);
    leverAccount.moveOpportunity(id, 'Reference Check');
    await eventually(() => expect(turnAccount.checks).toHaveLength(1));
    await first.end('SIGKILL');

    const second = await startChild(url, variables);
    try {
      await eventually(() => {
        const { tags, notes } = leverAccount.opportunity(id);
        expect(tags).toEqual(['Engineering', 'TurnStatus:Emailed']);
        expect(notes.map(({ value }) => value)).toEqual([
          `Turn background check ordered. Turn ID: ${turnAccount.checks[0]?.turnId}`,
        ]);
      });
      expect(turn.faults.fired).toEqual([expect.objectContaining({ kind: 'no-answer' })]);
      expect(turn.journal.count('POST /v1/person/search_async')).toBe(1);
      expect(turnAccount.checks).toHaveLength(1);
      expect(await second.end('SIGTERM')).toBe(0);
    } finally {
      await second.end('SIGKILL');
      await vendors.close();
    }
  });
});
