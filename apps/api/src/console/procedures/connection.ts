import { TRPCError } from '@trpc/server';
import { isOwnPage } from '@turn-lever/core/connecting/own-page';
import type { Actions } from '@turn-lever/core/use-cases/by-person/create-actions';
import type { SettingsActions } from '@turn-lever/core/use-cases/settings/create-settings-actions';
import { z } from 'zod';
import type { Authorizing } from '../../oauth/compose-authorization.ts';
import { may, router } from '../access.ts';
import { ids, onConnection } from '../inputs.ts';
import { resultOf } from '../result-of.ts';
import { found } from './settings.ts';

/** What the procedures of a connection need. */
export interface ConnectionPorts {
  readonly actions: Actions;
  readonly authorizing: Pick<Authorizing, 'begin'>;
  readonly settings: SettingsActions;
}

const whole = onConnection({});
const authorization = onConnection({
  environment: z.enum(['sandbox', 'production']),
  withWebhooks: z.boolean(),
  returnTo: z.string().max(300).refine(isOwnPage),
});

/** What people do with a connection. A new authorization comes by Lever's return, never from a browser's input. */
export const createConnectionProcedures = ({ actions, authorizing, settings }: ConnectionPorts) => {
  const dryRun = async (...given: Parameters<Actions['dryRun']>) => {
    const { decision, splitName } = await resultOf(actions.dryRun(...given));
    if (decision.kind !== 'order') return { decision, splitName };
    // An order holds the candidate's address and phone, which only Turn is to get.
    const { request, ...rest } = decision;
    return { decision: { ...rest, packageId: request.packageId }, splitName };
  };
  return router({
    /** Where to send the browser, to authorize us in Lever; it comes back to `returnTo`. */
    authorize: may('connect')
      .input(authorization)
      .mutation(async ({ ctx, input: { connectionId, environment, withWebhooks, returnTo } }) => {
        const { sessionId } = ctx.signedIn;
        const given = { sessionId, environment, withWebhooks, returnTo };
        const start = await resultOf(authorizing.begin(ctx.person, connectionId, given));
        if (start.kind === 'refused') throw new TRPCError({ code: 'CONFLICT', message: start.why });
        return { url: start.url };
      }),
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
    /** What a disconnect would end, in numbers. */
    disconnectPreview: may('disconnect')
      .input(whole)
      .query(({ ctx, input }) => found(settings.previewDisconnect(ctx.person, input.connectionId))),
    disconnect: may('disconnect')
      .input(whole)
      .mutation(({ ctx, input }) => resultOf(actions.disconnect(ctx.person, input.connectionId))),
  });
};
