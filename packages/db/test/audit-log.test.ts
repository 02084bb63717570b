import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createAuditLog } from '../src/audit-log/create-audit-log.ts';
import { storeAccount } from '../testing/an-account.ts';
import { eachDatabase } from '../testing/databases.ts';

eachDatabase((database) => {
  test.each([
    ['changed', sql`update audit_log set person_id = 'somebody-else'`],
    ['changed, even where no row is meant', sql`update audit_log set person_id = 'nobody' where id < 0`],
    ['deleted', sql`delete from audit_log`],
    ['truncated', sql`truncate audit_log`],
  ])('what people did cannot be %s', async (_what, statement) => {
    const auditLog = createAuditLog(database());
    const connectionId = await storeAccount(database());
    await auditLog.append(connectionId, {
      personId: 'person-1',
      role: 'admin',
      action: 'dismiss',
      subject: 'check-1',
      outcome: 'begun',
      before: {},
      after: {},
    });
    const refusal = await database()
      .db.execute(statement)
      .then(
        () => 'no error',
        (error: Error) => String(error.cause),
      );
    expect(refusal).toContain('audit_log is append-only');
    expect(await auditLog.list(connectionId, 10)).toMatchObject([{ personId: 'person-1' }]);
  });

  test('what people did outlives the account', async () => {
    const auditLog = createAuditLog(database());
    const connectionId = await storeAccount(database());
    const entry = { personId: 'person-1', role: 'admin', action: 'dismiss', subject: 'check-1' } as const;
    await auditLog.append(connectionId, { ...entry, outcome: 'begun', before: {}, after: {} });
    await database().db.execute(
      sql`delete from account where id = (select account_id from connection where id = ${connectionId})`,
    );
    expect(await auditLog.list(connectionId, 10)).toHaveLength(1);
  });
});
