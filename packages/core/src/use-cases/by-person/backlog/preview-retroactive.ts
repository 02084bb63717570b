import type { ConnectionId } from '../../../ids.ts';
import { standingTowards } from '../../../ordering/stage-rule.ts';
import type { Ats } from '../../../ports/ats.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { Checks } from '../../../ports/checks.ts';
import type { Inbox, StageEntry } from '../../../ports/inbox.ts';
import type { Outcome, Perform } from '../perform.ts';

/** Somebody who stands in the trigger stage and whom nothing was decided about. The name passes through memory only. */
export interface RetroactiveEntry extends StageEntry {
  readonly name: string;
}

/**
 * Lists candidates who stand in the trigger stage and have no check of ours, nor a decision. Empty while the trigger
 * stage is not resolved. Throws `PortError` of Lever.
 */
export const createPreviewRetroactive =
  (ports: {
    readonly perform: Perform;
    readonly ats: Pick<Ats, 'listEntered'>;
    readonly checks: Pick<Checks, 'known' | 'listHeld'>;
    readonly inbox: Pick<Inbox, 'undecided'>;
  }) =>
  (person: Person, connectionId: ConnectionId): Promise<Outcome<readonly RetroactiveEntry[]>> =>
    ports.perform(person, connectionId, 'order retroactively', connectionId, async ({ triggerStage }) => ({
      before: {},
      after: { preview: 'retroactive' },
      act: async () => {
        if (triggerStage.kind !== 'resolved') return { kind: 'done', result: [] };
        const standing = await ports.ats.listEntered(connectionId, triggerStage.id, 0);
        const entries = standing.flatMap((opportunity): RetroactiveEntry[] => {
          const { id: opportunityId, name } = opportunity;
          const found = standingTowards(triggerStage.id, opportunity);
          return found.kind === 'in-stage' ? [{ opportunityId, name, enteredAt: found.enteredAt }] : [];
        });
        const ids = entries.map(({ opportunityId }) => opportunityId);
        const held = await ports.checks.listHeld(connectionId);
        const taken = new Set([
          ...(await ports.checks.known(connectionId, ids)).map(({ opportunityId }) => opportunityId),
          ...held.map(({ opportunityId }) => opportunityId),
        ]);
        const undecided = new Set(await ports.inbox.undecided(connectionId, entries));
        return {
          kind: 'done',
          result: entries.filter((entry) => undecided.has(entry) && !taken.has(entry.opportunityId)),
        };
      },
    }));
