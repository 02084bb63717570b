import { randomUUID } from 'node:crypto';
import type { AccountState } from '../state/account-state.ts';
import { findStage, type Stage } from '../state/stage.ts';

/** What Lever support does to the pipeline. A stage is named by id or text. */
export interface StageControl {
  stages(): Stage[];
  /** Adds before the offer stage, or at the end when there is none; the id defaults to a UUID. */
  addStage(stage: { id?: string; text: string }): Stage;
  renameStage(stage: string, text: string): void;
  /** Opportunities in it keep its id, which `/stages` no longer knows. */
  deleteStage(stage: string): void;
}

export function stageControl(state: AccountState): StageControl {
  return {
    stages: () => state.stages.map((stage) => ({ ...stage })),
    addStage({ id, text }) {
      const stage = { id: id ?? randomUUID(), text };
      const offer = state.stages.findIndex((other) => other.id === 'offer');
      state.stages.splice(offer === -1 ? state.stages.length : offer, 0, stage);
      return { ...stage };
    },
    renameStage(stage, text) {
      findStage(state.stages, stage).text = text;
    },
    deleteStage(stage) {
      const { id } = findStage(state.stages, stage);
      state.stages = state.stages.filter((other) => other.id !== id);
    },
  };
}
