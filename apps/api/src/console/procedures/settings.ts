import { TRPCError } from '@trpc/server';
import type { Environment } from '@turn-lever/core/connection';
import type { Settings } from '@turn-lever/core/settings';
import type { SettingsActions } from '@turn-lever/core/use-cases/settings/create-settings-actions';
import { z } from 'zod';
import { may, router } from '../access.ts';
import { ids, inAccount, onConnection } from '../inputs.ts';
import { resultOf } from '../result-of.ts';

/** What the procedures of the settings page need. */
export interface SettingsProcedurePorts {
  readonly settings: SettingsActions;
  readonly offeredEnvironments: readonly Environment[];
}

const whole = onConnection({});
// What is in it is read by core's own rules, which name everything that is wrong at once.
const change = z.custom<Partial<Settings>>(
  (given) => typeof given === 'object' && given !== null && !Array.isArray(given),
);
// As pasted: what is wrong with it is answered in words, so only nonsense is cut off here.
const pasted = z.string().max(10_000);

/** What was found; what is not of the account is not there. */
export const found = async <Found>(finding: Promise<Found | null>): Promise<Found> => {
  const one = await finding;
  if (one === null) throw new TRPCError({ code: 'NOT_FOUND', message: 'not found' });
  return one;
};

/** What is seen and done on the settings page. No secret ever comes back. */
export const createSettingsProcedures = ({ settings, offeredEnvironments }: SettingsProcedurePorts) =>
  router({
    /** Everything the page shows, in one answer. */
    read: may('see settings')
      .input(whole)
      .query(({ ctx, input }) => found(settings.read(ctx.person, input.connectionId))),
    /** What came to the webhook's address last; asked each second while somebody waits for it. */
    listening: may('see settings')
      .input(whole)
      .query(({ ctx, input }) => found(settings.listening(ctx.person, input.connectionId))),
    /** Lever's stages in pipeline order. */
    stages: may('see settings')
      .input(whole)
      .query(({ ctx, input }) => found(settings.stages(ctx.person, input.connectionId))),
    candidatesInStage: may('see settings')
      .input(onConnection({ stageId: ids.stageId }))
      .query(({ ctx, input }) =>
        found(settings.candidatesInStage(ctx.person, input.connectionId, input.stageId)),
      ),
    /** Of the account's Turn, with the exact tag of each. */
    packages: may('see package tags')
      .input(inAccount({}))
      .query(({ ctx }) => settings.packages(ctx.person)),
    save: may('change settings')
      .input(onConnection({ revision: z.int().min(0), change, stageId: ids.stageId.optional() }))
      .mutation(({ ctx, input: { connectionId, ...given } }) =>
        resultOf(settings.save(ctx.person, connectionId, given)),
      ),
    saveEnvironment: may('change settings')
      .input(onConnection({ environment: z.enum(['sandbox', 'production']) }))
      .mutation(async ({ ctx, input: { connectionId, environment } }) => {
        if (!offeredEnvironments.includes(environment))
          throw new TRPCError({ code: 'CONFLICT', message: 'not-offered' });
        return resultOf(settings.saveEnvironment(ctx.person, connectionId, environment));
      }),
    saveWebhookSecret: may('change secrets')
      .input(onConnection({ secret: pasted }))
      .mutation(({ ctx, input }) =>
        resultOf(settings.saveWebhookSecret(ctx.person, input.connectionId, input.secret)),
      ),
    createWebhook: may('change secrets')
      .input(whole)
      .mutation(({ ctx, input }) => resultOf(settings.createWebhook(ctx.person, input.connectionId))),
    saveTurnToken: may('change secrets')
      .input(onConnection({ token: pasted }))
      .mutation(({ ctx, input }) =>
        resultOf(settings.saveTurnToken(ctx.person, input.connectionId, input.token)),
      ),
  });
