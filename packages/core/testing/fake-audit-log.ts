import type { AccountId, ConnectionId, Instant } from '../src/ids.ts';
import type { AuditLog } from '../src/ports/audit-log.ts';

/** An audit log in memory; passes the audit log contract. */
export const createFakeAuditLog = ({ now }: { readonly now: () => Instant }): AuditLog => {
  const [append, list] = createEntries<ConnectionId, Parameters<AuditLog['append']>[1]>(now);
  const [appendOfAccount, listOfAccount] = createEntries<
    AccountId,
    Parameters<AuditLog['appendOfAccount']>[1]
  >(now);
  return { append, list, appendOfAccount, listOfAccount };
};

const createEntries = <Of, Entry extends object>(now: () => Instant) => {
  const all: { readonly of: Of; readonly entry: Entry & { readonly at: Instant } }[] = [];
  const append = async (of: Of, entry: Entry): Promise<void> => {
    all.push({ of, entry: { ...entry, at: now() } });
  };
  const list = async (of: Of, limit: number) =>
    all
      .filter((kept) => kept.of === of)
      .map(({ entry }) => entry)
      .reverse()
      .slice(0, limit);
  return [append, list] as const;
};
