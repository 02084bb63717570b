import type { ReportUrl } from '@turn-lever/core/ports/check-provider';
import { describe, expect, test } from 'vitest';
import { judgeReportUrl, turnDashboardHosts } from './report-url.ts';

const rules = { dashboardHosts: turnDashboardHosts, allowLoopbackHttp: false };
const page = 'https://partners.turn.ai/workers/3f2b7c1e';
type Rule = Extract<ReportUrl, { kind: 'refused' }>['rule'];

test.each([
  [page, page],
  ['https://partners.turning.io/workers/3f2b7c1e', 'https://partners.turning.io/workers/3f2b7c1e'],
  ['http://partners.turn.ai/workers/3f2b7c1e', page],
  ['HTTPS://PARTNERS.TURN.AI/workers/3f2b7c1e', page],
  ['https://partners.turn.ai:443/workers/3f2b7c1e', page],
  [`${page}?token=secret&x=1`, page],
  [`${page}#access_token=secret`, page],
  ['https://partners.turn.ai/workers/é', 'https://partners.turn.ai/workers/%C3%A9'],
])('R62 %s is shown as %s', (given, url) => {
  expect(judgeReportUrl(given, rules)).toEqual({ kind: 'fit', url });
});

test.each<[unknown, Rule]>([
  ['javascript:alert(1)', 'not-https'],
  ['JavaScript://partners.turn.ai/%0aalert(1)', 'not-https'],
  ['data:text/html,<script>', 'not-https'],
  ['ftp://partners.turn.ai/workers/1', 'not-https'],
  ['file:///etc/passwd', 'not-https'],
  ['https://evil.example/workers/1', 'host-not-allowed'],
  ['http://evil.example/workers/1', 'host-not-allowed'],
  ['https://partners.turn.ai.evil.example/workers/1', 'host-not-allowed'],
  ['https://xpartners.turn.ai/workers/1', 'host-not-allowed'],
  ['https://partners.turn.ai./workers/1', 'host-not-allowed'],
  ['https://partners.turn.ai:8443/workers/1', 'host-not-allowed'],
  ['http://partners.turn.ai:443/workers/1', 'host-not-allowed'],
  ['https://pаrtners.turn.ai/workers/1', 'host-not-allowed'],
  ['http://127.0.0.1:4010/workers/1', 'host-not-allowed'],
  ['https://user:secret@partners.turn.ai/workers/1', 'has-credentials'],
  ['https://partners.turn.ai@evil.example/workers/1', 'has-credentials'],
  ['https://@partners.turn.ai/workers/1', 'has-credentials'],
  ['https://partners.turn.ai/work\ners/1', 'not-a-url'],
  ['https://partners.turn.ai/workers/1\r\nX: y', 'not-a-url'],
  ['https://partners.turn.ai/workers/\u0000', 'not-a-url'],
  ['https://partners.turn.ai/workers/\u202e1', 'not-a-url'],
  [' https://partners.turn.ai/workers/1', 'not-a-url'],
  ['https://partners.turn.ai/a b', 'not-a-url'],
  ['https:\\\\partners.turn.ai\\workers\\1', 'not-a-url'],
  ['https://evil.example\\@partners.turn.ai/workers/1', 'not-a-url'],
  ['https:partners.turn.ai/workers/1', 'not-a-url'],
  ['https:///partners.turn.ai/workers/1', 'not-a-url'],
  ['//partners.turn.ai/workers/1', 'not-a-url'],
  ['partners.turn.ai/workers/1', 'not-a-url'],
  ['https://', 'not-a-url'],
  ['https://[::1', 'not-a-url'],
  ['https://partners.turn.ai', 'not-a-url'],
  ['https://partners.turn.ai/?worker=1', 'not-a-url'],
  [`https://partners.turn.ai/${'x'.repeat(500)}`, 'too-long'],
  [`https://partners.turn.ai/${'é'.repeat(200)}`, 'too-long'],
  [`${page}?${'x'.repeat(4096)}`, 'too-long'],
  [42, 'not-a-url'],
  [{ href: page }, 'not-a-url'],
  [[page], 'not-a-url'],
])('R62 %j is refused: %s', (given, rule) => {
  expect(judgeReportUrl(given, rules)).toEqual({ kind: 'refused', rule });
});

test.each([undefined, null, ''])('%j is no report yet', (given) => {
  expect(judgeReportUrl(given, rules)).toEqual({ kind: 'absent' });
});

describe('plain http on this machine', () => {
  const local = { dashboardHosts: ['127.0.0.1:4010', 'localhost:80', 'localhost'], allowLoopbackHttp: true };
  test.each(['http://127.0.0.1:4010/workers/1', 'http://localhost/workers/1'])(
    '%s is shown, being named with its port',
    (url) => {
      expect(judgeReportUrl(url, local)).toEqual({ kind: 'fit', url });
    },
  );

  test.each<[string, typeof local, Rule]>([
    ['http://127.0.0.1:4011/workers/1', local, 'host-not-allowed'],
    ['http://127.0.0.1:4010/workers/1', { ...local, allowLoopbackHttp: false }, 'not-https'],
    ['http://localhost/workers/1', { ...local, dashboardHosts: ['localhost'] }, 'host-not-allowed'],
    ['http://192.0.2.1:4010/workers/1', local, 'host-not-allowed'],
  ])('%s is refused', (url, given, rule) => {
    expect(judgeReportUrl(url, given)).toEqual({ kind: 'refused', rule });
  });
});
