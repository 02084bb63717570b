import type { Actions } from '@turn-lever/core/use-cases/by-person/create-actions';
import { may, router } from '../access.ts';
import { ids, onConnection } from '../inputs.ts';
import { resultOf } from '../result-of.ts';

const onCheck = onConnection({ checkId: ids.checkId });

/** What people do with checks. */
export const createCheckProcedures = (actions: Actions) =>
  router({
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
