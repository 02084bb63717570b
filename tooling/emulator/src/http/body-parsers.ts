import type { FastifyInstance } from 'fastify';

function badRequest(message: string): Error {
  return Object.assign(new Error(message), { statusCode: 400 });
}

/** JSON and form bodies are parsed, an empty body is `undefined`, anything else arrives as text. */
export function addBodyParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    if (text.length === 0) return done(null, undefined);
    try {
      done(null, JSON.parse(String(text)));
    } catch {
      done(badRequest('The request body is not valid JSON.'));
    }
  });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, text, done) => done(null, Object.fromEntries(new URLSearchParams(String(text)))),
  );
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) =>
    done(null, text.length === 0 ? undefined : String(text)),
  );
}
