import { type CheckStatus, statuses } from '@turn-lever/core/status/check-status';
import { expect, test } from 'vitest';
import { toCheckStatus } from './status.ts';

test.each<[string, CheckStatus]>([
  ['initiated', statuses.initiated],
  ['emailed', statuses.emailed],
  ['consent', statuses.consent],
  ['processing', statuses.processing],
  ['review__identity', statuses.verifying],
  ['review', statuses.reviewing],
  ['review__qa', statuses.complianceReview],
  ['review__so', statuses.complianceReview],
  ['review__mvr', statuses.complianceReview],
  ['review__cm', statuses.complianceReview],
  ['review__xyz', statuses.complianceReview],
  ['review__', statuses.complianceReview],
  ['pending', statuses.consider],
  ['pending__first_notice', statuses.firstNotice],
  ['pending__second_notice', statuses.secondNotice],
  ['pending__dispute', statuses.dispute],
  ['pending__resolved', statuses.resolved],
  ['approved', statuses.clear],
  ['rejected', statuses.rejected],
  ['withdrawn', statuses.withdrawn],
  [' Approved ', statuses.clear],
])('Turn\'s state "%s" has a status of ours', (state, expected) => {
  expect(toCheckStatus(state)).toEqual(expected);
});

test.each<[string, Omit<CheckStatus, 'name'>]>([
  ['foo__bar', { label: 'Foo Bar', group: 'open', hasReport: false }],
  ['expired', { label: 'Expired', group: 'open', hasReport: false }],
  ['pending__third_notice', { label: 'Pending Third Notice', group: 'adverse', hasReport: true }],
  ['approved__late', { label: 'Approved Late', group: 'settled', hasReport: true }],
  ['rejected__a__b', { label: 'Rejected A B', group: 'settled', hasReport: true }],
  ['withdrawn__by_us', { label: 'Withdrawn By Us', group: 'terminal', hasReport: false }],
  ['processing__x', { label: 'Processing X', group: 'open', hasReport: false }],
  ['__pending', { label: 'Pending', group: 'open', hasReport: false }],
  ['constructor', { label: 'Constructor', group: 'open', hasReport: false }],
  ['<script>\nTurnStatus:Clear', { label: 'Script Turnstatus Clear', group: 'open', hasReport: false }],
  ['💥', { label: 'Unknown', group: 'open', hasReport: false }],
  ['x'.repeat(200), { label: `X${'x'.repeat(39)}`, group: 'open', hasReport: false }],
])('the unknown state "%s" behaves as its base and is cleaned', (state, expected) => {
  expect(toCheckStatus(state)).toEqual({ name: 'unrecognised', ...expected });
});
