/** What an error answer of Turn's says, without anything that may be about a person. */
export interface TurnProblem {
  /** Turn's own code, such as `invalid_header`. */
  readonly code: string | null;
  /** Names of the fields Turn complains about, as the API spells them; never their values. */
  readonly fields: readonly string[];
  readonly isUnknownWorker: boolean;
}

type Json = Readonly<Record<string, unknown>>;

const mostFields = 20;

/**
 * Reads every error shape Turn is known to use: `message`, `error`, `description`, `_schema`, `json.{field}`
 * (`turn-api.md` §1.8). Takes any JSON.
 */
export const readProblem = (body: unknown): TurnProblem => {
  const problem = asObject(body);
  const texts = ['message', 'error', 'description', '_schema'].flatMap((name) => textsOf(problem[name]));
  return {
    code: codeOf(problem.code) ?? codeOf(asObject(problem.message).code),
    fields: fieldsOf(problem, texts),
    // Turn has no code for it, so its own sentence is all there is: "Worker with id … was not found" (§1.8). A bare
    // "Not found" may be a gateway's, which knows nothing of workers.
    isUnknownWorker: texts.some((text) => /^(?:worker|person)\b.*\bwas not found\b/isu.test(text)),
  };
};

const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

const textsOf = (value: unknown): readonly string[] => {
  const texts = Array.isArray(value) ? value : [value, asObject(value).message];
  return texts.filter((text) => typeof text === 'string');
};

const codeOf = (value: unknown): string | null => {
  const code = typeof value === 'number' ? String(value) : value;
  return typeof code === 'string' && /^[\w.-]{1,64}$/u.test(code) ? code : null;
};

const fieldsOf = (problem: Json, texts: readonly string[]): readonly string[] => {
  const dotted = Object.keys(problem)
    .filter((key) => key.startsWith('json.'))
    .map((key) => key.slice('json.'.length));
  const nested = Object.keys(asObject(problem.json));
  // An unknown package names no field: "Package P… doesn't exist." (`turn-api.md` §1.5).
  const packages = texts.some((text) => /^package\b.*\bexist/iu.test(text)) ? ['package_id'] : [];
  const names = [...dotted, ...nested, ...packages].filter((name) => /^[a-z][a-z0-9_.]{0,40}$/iu.test(name));
  return [...new Set(names)].slice(0, mostFields);
};
