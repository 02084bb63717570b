import { Anchor } from '@mantine/core';
import type { Settings } from '@turn-lever/core/settings';
import type { ReactNode, Ref } from 'react';
import { Notice } from '../../ui/feedback/notice.tsx';
import type { FieldProblem } from './field-problem.ts';
import { settingNames } from './setting-words.ts';

const idOf = (key: keyof Settings): string => `setting-${key}`;

/** The place of a setting's field, so that a summary can lead there. */
export const SettingPlace = ({
  of,
  children,
}: {
  readonly of: keyof Settings;
  readonly children: ReactNode;
}) => <div id={idOf(of)}>{children}</div>;

/** Everything that is wrong in a section, each leading to its field. */
export const ProblemSummary = ({
  problems,
  ref,
}: {
  readonly problems: readonly FieldProblem[];
  readonly ref: Ref<HTMLDivElement>;
}) => (
  <div ref={ref} tabIndex={-1}>
    <Notice
      tone="bad"
      isSpoken
      title={problems.length === 1 ? 'One field needs another look' : 'Some fields need another look'}
    >
      <ul style={{ margin: 0, paddingLeft: '1.125rem' }}>
        {problems.map(({ key, text }) => (
          <li key={key}>
            <Anchor
              component="button"
              type="button"
              c="inherit"
              ta="left"
              underline="always"
              onClick={() => document.getElementById(idOf(key))?.querySelector('input')?.focus()}
            >
              {settingNames[key]}
            </Anchor>
            : {text}
          </li>
        ))}
      </ul>
    </Notice>
  </div>
);
