import type { Exchange } from './recording-proxy.ts';

const isPage = ({ headers }: Exchange): boolean => String(headers['content-type']).startsWith('text/html');

const directivesOf = (policy: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    policy.split(';').map((part): [string, readonly string[]] => {
      const [name = '', ...values] = part.trim().split(/\s+/u);
      return [name, values];
    }),
  );

const faultsOfPolicy = (policy: string): readonly string[] => {
  const directives = directivesOf(policy);
  const sources = (name: string) => directives.get(name) ?? directives.get('default-src') ?? ['*'];
  const own = (name: string) => sources(name).every((source) => source === "'self'" || source === "'none'");
  return [
    ...(own('script-src') ? [] : [`scripts may come from ${sources('script-src').join(' ')}`]),
    ...(own('connect-src') ? [] : [`pages may call ${sources('connect-src').join(' ')}`]),
    ...(sources('style-src').includes("'unsafe-inline'") ? ['any style is let in'] : []),
    ...(directives.get('frame-ancestors')?.join() === "'none'" ? [] : ['pages may be framed']),
    ...(directives.get('base-uri')?.join() === "'none'" || directives.get('base-uri')?.join() === "'self'"
      ? []
      : ['a base may be set']),
    ...(directives.get('object-src')?.join() === "'none'" || sources('object-src').join() === "'none'"
      ? []
      : ['plug-ins are let in']),
  ];
};

/** Everything about the program's pages that would let a foreign script in. Answers nothing where there was no page. */
export const findPageFaults = (exchanges: readonly Exchange[]): readonly string[] =>
  exchanges.filter(isPage).flatMap((page) => {
    const policy = page.headers['content-security-policy'];
    const scripts = page.body.match(/<script\b[^>]*>/giu) ?? [];
    const faults = [
      ...(typeof policy === 'string' ? faultsOfPolicy(policy) : ['no content security policy']),
      ...scripts.filter((tag) => !/\ssrc=/iu.test(tag)).map(() => 'an inline script'),
      ...(/\son[a-z]+\s*=/iu.test(page.body) ? ['an inline listener'] : []),
      ...(page.headers['x-content-type-options'] === 'nosniff' ? [] : ['types may be guessed']),
      ...(page.headers['referrer-policy'] === 'no-referrer' ? [] : ['addresses are told to other sites']),
    ];
    return faults.map((fault) => `${page.path.split('?')[0]}: ${fault}`);
  });
