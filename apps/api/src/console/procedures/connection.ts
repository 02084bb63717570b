import type { Actions } from '@turn-lever/core/use-cases/by-person/create-actions';
import { may, router } from '../access.ts';
import { ids, onConnection } from '../inputs.ts';
import { resultOf } from '../result-of.ts';

const whole = onConnection({});

/** What people do with a connection. A new authorization comes by Lever's return, never from a browser's input. */
export const createConnectionProcedures = (actions: Actions) => {
  const dryRun = async (...given: Parameters<Actions['dryRun']>) => {
    const { decision, splitName } = await resultOf(actions.dryRun(...given));
    if (decision.kind !== 'order') return { decision, splitName };
    // An order holds the candidate's address and phone, which only Turn is to get.
    const { request, ...rest } = decision;
    return { decision: { ...rest, packageId: request.packageId }, splitName };
  };
  return router({
    dryRunCandidate: may('dry run')
      .input(onConnection({ opportunityId: ids.opportunityId }))
      .mutation(({ ctx, input: { connectionId, opportunityId } }) =>
        dryRun(ctx.person, connectionId, { opportunityId }),
      ),
    dryRunDelivery: may('dry run')
      .input(onConnection({ deliveryId: ids.deliveryId }))
      .mutation(({ ctx, input: { connectionId, deliveryId } }) =>
        dryRun(ctx.person, connectionId, { deliveryId }),
      ),
    pause: may('pause')
      .input(whole)
      .mutation(({ ctx, input }) => resultOf(actions.pause(ctx.person, input.connectionId))),
    resume: may('pause')
      .input(whole)
      .mutation(({ ctx, input }) => resultOf(actions.resume(ctx.person, input.connectionId))),
    disconnect: may('disconnect')
      .input(whole)
      .mutation(({ ctx, input }) => resultOf(actions.disconnect(ctx.person, input.connectionId))),
  });
};
