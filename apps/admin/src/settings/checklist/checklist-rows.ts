import type { SetupStep } from '@turn-lever/core/connecting/setup-checklist';
import type { SectionId } from '../settings-section.tsx';

/** A step with what is known about it. Facts only: nothing here is ever ticked by a click. */
export interface ChecklistFact {
  readonly step: SetupStep;
  readonly isDone: boolean;
}

/** A line of the checklist. Exactly one of those that are open is next. */
export interface ChecklistRow extends ChecklistFact {
  readonly title: string;
  /** What is so, or what to do. */
  readonly sentence: string;
  readonly isNext: boolean;
}

const words: Readonly<Record<SetupStep, { title: string; done: string; open: string }>> = {
  authorize: {
    title: 'Authorize',
    done: 'Turn may work in your Lever account.',
    open: 'Let Turn see your pipeline and write the status of checks.',
  },
  webhook: {
    title: 'Webhook',
    done: 'Lever reaches this address.',
    open: 'Paste the Lever Webhook URL into Lever, so that Lever tells Turn when a candidate moves.',
  },
  secret: {
    title: 'Secret',
    done: 'Turn can tell that a message comes from your Lever.',
    open: 'Paste Lever’s signature token into Webhook Secret and save it.',
  },
  stage: {
    title: 'Stage',
    done: 'The stage that starts a check is in your pipeline.',
    open: 'Choose the stage that starts a check.',
  },
  package: {
    title: 'Package',
    done: 'Turn knows which package to order.',
    open: 'Connect your Turn account and choose the default package.',
  },
  'first-event': {
    title: 'First event seen',
    done: 'Turn has heard from your Lever, and the signature fits.',
    open: 'Let Lever test the webhook, or move a candidate, and see it arrive here.',
  },
};

/** The lines of the checklist, in the order given. The first open one is next. */
export const checklistRows = (facts: readonly ChecklistFact[]): readonly ChecklistRow[] => {
  const next = nextStep(facts);
  return facts.map(({ step, isDone }) => ({
    step,
    isDone,
    title: words[step].title,
    sentence: isDone ? words[step].done : words[step].open,
    isNext: step === next,
  }));
};

/** The step to do now; null where all is done. */
export const nextStep = (facts: readonly ChecklistFact[]): SetupStep | null =>
  facts.find(({ isDone }) => !isDone)?.step ?? null;

/** How far the set-up has come, as people say it. */
export const checklistCount = (facts: readonly ChecklistFact[]): string =>
  `${facts.filter(({ isDone }) => isDone).length} of ${facts.length} done`;

/** The section of the page in which a step is done. A package needs a Turn account first. */
export const sectionOf = (step: SetupStep, isTurnConnected: boolean): SectionId => {
  switch (step) {
    case 'authorize':
    case 'stage':
      return step;
    case 'package':
      return isTurnConnected ? 'ordering' : 'turn-account';
    default:
      return 'webhook';
  }
};
