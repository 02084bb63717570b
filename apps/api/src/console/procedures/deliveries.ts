import type { Actions } from '@turn-lever/core/use-cases/by-person/create-actions';
import { may, router } from '../access.ts';
import { ids, onConnection } from '../inputs.ts';
import { resultOf } from '../result-of.ts';

const onDelivery = onConnection({ deliveryId: ids.deliveryId });

/** What people do with deliveries. */
export const createDeliveryProcedures = (actions: Actions) =>
  router({
    replay: may('replay')
      .input(onDelivery)
      .mutation(({ ctx, input }) =>
        resultOf(actions.replay(ctx.person, input.connectionId, input.deliveryId)),
      ),
    orderNow: may('order now')
      .input(onDelivery)
      .mutation(({ ctx, input }) =>
        resultOf(actions.orderNow(ctx.person, input.connectionId, input.deliveryId)),
      ),
    cancel: may('cancel during wait')
      .input(onDelivery)
      .mutation(({ ctx, input }) =>
        resultOf(actions.cancel(ctx.person, input.connectionId, input.deliveryId)),
      ),
  });
