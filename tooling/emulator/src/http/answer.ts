/** What a route answers. `body` is sent as JSON unless `contentType` says otherwise; without it the body is empty. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  contentType?: string;
}

/** Thrown by a route to answer with a 4xx or 5xx. Nothing may have been changed before it is thrown. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`refused with ${answer.status}`);
    this.answer = answer;
  }
}

/** The bytes of an answer as they go over the wire. */
export function answerText(answer: Answer): string {
  if (answer.body === undefined) return '';
  return answer.contentType === undefined ? JSON.stringify(answer.body) : String(answer.body);
}

/** The headers of an answer, content type included. */
export function answerHeaders(answer: Answer): Record<string, string> {
  if (answer.body === undefined) return { ...answer.headers };
  return { 'content-type': answer.contentType ?? 'application/json; charset=utf-8', ...answer.headers };
}
