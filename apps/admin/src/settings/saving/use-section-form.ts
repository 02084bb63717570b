import { useMutation } from '@tanstack/react-query';
import type { Settings } from '@turn-lever/core/settings';
import { useRef, useState } from 'react';
import { failureOf } from '../../server/failure.ts';
import { failureWords } from '../../server/failure-words.ts';
import { useTRPC } from '../../server/trpc.ts';
import { useSettings } from '../settings-context.ts';
import { type FieldProblem, fieldProblems, fieldProblemsOf } from './field-problem.ts';
import { changeOf, contestedKeys, withoutTaken } from './section-draft.ts';
import { useUnsaved } from './unsaved-sections.tsx';

/** What somebody else saved while a draft was open. */
export interface Conflict {
  readonly theirs: Settings;
  readonly revision: number;
  readonly changedBy: { readonly name: string } | null;
  readonly changedAt: number | null;
  readonly keys: readonly (keyof Settings)[];
}

/** What the form says about the last save. */
export type SaveNotice =
  | { readonly kind: 'saved' | 'nothing-to-save' }
  | { readonly kind: 'failed'; readonly text: string };

/**
 * The draft of one section. It begins from the settings as they were when the first field was touched; nothing counts as
 * saved before the server says so.
 */
export const useSectionForm = (title: string) => {
  const { ids, view, reload } = useSettings();
  const trpc = useTRPC();
  const [base, setBase] = useState<Settings | null>(null);
  const [draft, setDraft] = useState<Partial<Settings>>({});
  const [stageId, setStageId] = useState<string | null>(null);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [notice, setNotice] = useState<SaveNotice | null>(null);
  const summary = useRef<HTMLDivElement>(null);
  const save = useMutation(trpc.settings.save.mutationOptions());

  const began = base ?? view.settings;
  const change = changeOf(began, draft);
  const isUnsaved = Object.keys(change).length > 0 || stageId !== null;
  useUnsaved(title, isUnsaved);

  const focusSummary = (): void => {
    // It is there after the next paint only.
    requestAnimationFrame(() => summary.current?.focus());
  };
  const startOver = (): void => {
    setBase(null);
    setDraft({});
    setStageId(null);
    setProblems([]);
    setConflict(null);
  };
  const setField = <Key extends keyof Settings>(key: Key, value: Settings[Key]): void => {
    setBase(began);
    setDraft({ ...draft, [key]: value });
    setProblems(problems.filter((problem) => problem.key !== key));
    setNotice(null);
  };

  const send = async (
    revision: number,
    wanted: Partial<Settings>,
    stage: string | null = stageId,
  ): Promise<void> => {
    const input = { ...ids, revision, change: wanted, ...(stage === null ? {} : { stageId: stage }) };
    try {
      const end = await save.mutateAsync(input);
      if (end.kind === 'invalid') {
        setProblems(fieldProblemsOf(end.issues));
        if (fieldProblemsOf(end.issues).length === 0)
          setNotice({ kind: 'failed', text: failureWords({ kind: 'refused', why: null }) });
        return focusSummary();
      }
      if (end.kind === 'conflict') {
        setConflict({ ...end, theirs: end.settings, keys: contestedKeys(began, end.settings, wanted) });
        // What the draft leaves alone shows what stands now.
        void reload();
        return focusSummary();
      }
      await reload();
      startOver();
      setNotice({ kind: 'saved' });
    } catch (error) {
      setNotice({ kind: 'failed', text: failureWords(failureOf(error)) });
      focusSummary();
    }
  };

  return {
    /** The value a field shows. */
    value: <Key extends keyof Settings>(key: Key): Settings[Key] => ({ ...view.settings, ...change })[key],
    set: setField,
    stageId,
    /** A stage of Lever's list, by its id as well as its name. */
    setStage: (stage: { readonly id: string; readonly name: string } | null) => {
      if (stage === null) return;
      setField('triggerStage', stage.name);
      setStageId(stage.id);
    },
    /** The words of what is wrong with a field, if anything is. */
    problem: (key: keyof Settings): string | undefined => problems.find((one) => one.key === key)?.text,
    problems,
    conflict,
    change,
    began,
    notice,
    summary,
    isUnsaved,
    isSaving: save.isPending,
    startOver: () => {
      startOver();
      setNotice(null);
    },
    /** Sends what was changed, after core's rules have been asked. `shown`: a stage that is shown as chosen and not saved by its id. */
    submit: async (shown?: { readonly id: string }): Promise<void> => {
      setNotice(null);
      if (!isUnsaved && shown !== undefined) return send(view.revision, {}, shown.id);
      if (!isUnsaved) return setNotice({ kind: 'nothing-to-save' });
      const found = fieldProblems(change);
      setProblems(found);
      if (found.length > 0) return focusSummary();
      const keys = contestedKeys(began, view.settings, change);
      if (keys.length > 0) {
        setConflict({ ...view, theirs: view.settings, keys });
        return focusSummary();
      }
      await send(view.revision, change);
    },
    /** Goes on after a conflict: `taken` are the settings in which the other's value stays. */
    settle: async (taken: readonly (keyof Settings)[]): Promise<void> => {
      if (conflict === null) return;
      const wanted = withoutTaken(change, taken);
      const stage = taken.includes('triggerStage') ? null : stageId;
      setConflict(null);
      if (Object.keys(wanted).length === 0 && stage === null) {
        await reload();
        return startOver();
      }
      setBase(conflict.theirs);
      setDraft(wanted);
      setStageId(stage);
      await send(conflict.revision, wanted, stage);
    },
  };
};

/** The form of one section. */
export type SectionForm = ReturnType<typeof useSectionForm>;
