import type { Actions } from '@turn-lever/core/use-cases/by-person/create-actions';
import { z } from 'zod';
import { may, router } from '../access.ts';
import { ids, onConnection } from '../inputs.ts';
import { resultOf } from '../result-of.ts';

const onCheck = onConnection({ checkId: ids.checkId });
const onEntry = onConnection({ opportunityId: ids.opportunityId, enteredAt: z.int().min(0).max(8.64e15) });
const all = onConnection({});

/** What came before ordering began, or while it was paused. Looking is audited too, so nothing here is a query. */
export const createBacklogProcedures = (actions: Actions) =>
  router({
    preview: may('order retroactively')
      .input(all)
      .mutation(({ ctx, input }) => resultOf(actions.previewBacklog(ctx.person, input.connectionId))),
    order: may('order retroactively')
      .input(onCheck)
      .mutation(({ ctx, input }) =>
        resultOf(actions.orderBacklog(ctx.person, input.connectionId, input.checkId)),
      ),
    discard: may('order retroactively')
      .input(onCheck)
      .mutation(({ ctx, input }) =>
        resultOf(actions.discardBacklog(ctx.person, input.connectionId, input.checkId)),
      ),
    previewEntries: may('order retroactively')
      .input(all)
      .mutation(({ ctx, input }) => resultOf(actions.previewRetroactive(ctx.person, input.connectionId))),
    orderEntry: may('order retroactively')
      .input(onEntry)
      .mutation(({ ctx, input: { connectionId, opportunityId, enteredAt } }) =>
        resultOf(actions.orderRetroactive(ctx.person, connectionId, { opportunityId, enteredAt })),
      ),
    discardEntry: may('order retroactively')
      .input(onEntry)
      .mutation(({ ctx, input: { connectionId, opportunityId, enteredAt } }) =>
        resultOf(actions.discardRetroactive(ctx.person, connectionId, { opportunityId, enteredAt })),
      ),
  });
