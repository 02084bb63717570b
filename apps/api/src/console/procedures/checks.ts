import type { Actions } from '@turn-lever/core/use-cases/by-person/create-actions';
import type { SettingsActions } from '@turn-lever/core/use-cases/settings/create-settings-actions';
import { z } from 'zod';
import { may, router } from '../access.ts';
import { ids, onConnection } from '../inputs.ts';
import { resultOf } from '../result-of.ts';
import { found } from './settings.ts';

const onCheck = onConnection({ checkId: ids.checkId });

/** What the procedures about checks need. */
export interface CheckPorts {
  readonly actions: Actions;
  readonly settings: SettingsActions;
}

const listed = onConnection({
  cursor: ids.checkId.nullish(),
  // TanStack Query's lists send along where the cursor leads; ours leads on.
  direction: z.literal('forward').optional(),
  limit: z.int().min(1).max(100).default(25),
});

/** What people see of checks, and do with them. */
export const createCheckProcedures = ({ actions, settings }: CheckPorts) =>
  router({
    /** The newest first, page by page: `nextCursor` is the next page's `cursor`. */
    list: may('see candidates')
      .input(listed)
      .query(({ ctx, input: { connectionId, cursor = null, limit } }) =>
        found(settings.listChecks(ctx.person, connectionId, { cursor, limit })),
      ),
    retry: may('retry')
      .input(onCheck)
      .mutation(({ ctx, input }) => resultOf(actions.retry(ctx.person, input.connectionId, input.checkId))),
    dismiss: may('dismiss')
      .input(onCheck)
      .mutation(({ ctx, input }) => resultOf(actions.dismiss(ctx.person, input.connectionId, input.checkId))),
    orderAnyway: may('order anyway')
      .input(onCheck)
      .mutation(({ ctx, input }) =>
        resultOf(actions.orderAnyway(ctx.person, input.connectionId, input.checkId)),
      ),
    orderAgain: may('order again')
      .input(onCheck)
      .mutation(({ ctx, input }) =>
        resultOf(actions.orderAgain(ctx.person, input.connectionId, input.checkId)),
      ),
    release: may('release')
      .input(onCheck)
      .mutation(({ ctx, input }) => resultOf(actions.release(ctx.person, input.connectionId, input.checkId))),
    resendInvitation: may('resend invitation')
      .input(onCheck)
      .mutation(({ ctx, input }) =>
        resultOf(actions.resendInvitation(ctx.person, input.connectionId, input.checkId)),
      ),
  });
