import type { ReportUrl } from '@turn-lever/core/ports/check-provider';
import { isLoopbackUrl } from '../is-local-turn.ts';

/** Which pages may be shown as a report. */
export interface ReportUrlRules {
  /** Host names, with `:port` where it is not the usual one: `partners.turn.ai`, `127.0.0.1:4010`. */
  readonly dashboardHosts: readonly string[];
  /** Whether plain http is shown too, for a loopback host that is named with its port. */
  readonly allowLoopbackHttp: boolean;
}

/** Turn's dashboard, by its present and its older name (`turn-api.md` §1.1). */
export const turnDashboardHosts: readonly string[] = ['partners.turn.ai', 'partners.turning.io'];

// A dashboard page has about 70 characters.
const longestUrl = 500;

type Rule = Extract<ReportUrl, { kind: 'refused' }>['rule'];
const refused = (rule: Rule): ReportUrl => ({ kind: 'refused', rule });

/**
 * Decides whether the `dashboard_url` Turn gave may go into a note. Query and fragment are dropped, since a page that
 * needs a login needs no token; `http://` of an allowed host becomes `https://`, as Turn's own samples print it so.
 */
export const judgeReportUrl = (value: unknown, rules: ReportUrlRules): ReportUrl => {
  if (value === undefined || value === null || value === '') return { kind: 'absent' };
  if (typeof value !== 'string') return refused('not-a-url');
  if (value.length > longestUrl) return refused('too-long');
  // The URL parser removes line breaks and turns backslashes round; what needs that is not shown.
  if (/[\s\p{C}\\]/u.test(value)) return refused('not-a-url');
  const [, scheme, authority] = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]+))?/iu.exec(value) ?? [];
  if (scheme === undefined) return refused('not-a-url');
  if (!/^https?$/iu.test(scheme)) return refused('not-https');
  if (authority === undefined || !URL.canParse(value)) return refused('not-a-url');
  if (authority.includes('@')) return refused('has-credentials');
  const url = new URL(value);
  return judgeHost(url, rules) ?? fitOrTooLong(url);
};

/** Null where host and scheme are allowed; the scheme is then the one to show. */
const judgeHost = (url: URL, { dashboardHosts, allowLoopbackHttp }: ReportUrlRules): ReportUrl | null => {
  const hosts = dashboardHosts.map((host) => host.toLowerCase());
  if (url.protocol === 'http:' && isLoopbackUrl(url.href)) {
    if (!hosts.includes(`${url.hostname}:${url.port || '80'}`)) return refused('host-not-allowed');
    return allowLoopbackHttp ? null : refused('not-https');
  }
  if (!hosts.includes(url.host)) return refused('host-not-allowed');
  url.protocol = 'https:';
  return null;
};

const fitOrTooLong = (url: URL): ReportUrl => {
  if (url.pathname === '/') return refused('not-a-url');
  const shown = `${url.origin}${url.pathname}`;
  return shown.length > longestUrl ? refused('too-long') : { kind: 'fit', url: shown };
};
