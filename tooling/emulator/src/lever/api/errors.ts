import { Refusal } from '../../http/answer.ts';

// Lever's errors are flat: a code and a message (lever-api.md §4.0).

export function notFound(message: string): Refusal {
  return refusal(404, 'ResourceNotFound', message);
}

export function badRequest(message: string): Refusal {
  return refusal(400, 'BadRequestError', message);
}

export function forbidden(message: string): Refusal {
  return refusal(403, 'ForbiddenError', message);
}

export function unauthorized(): Refusal {
  return refusal(401, 'UnauthorizedError', 'The request requires authentication.');
}

/** Lever sends neither Retry-After nor X-RateLimit headers (lever-api.md §4.0). */
export function tooManyRequests(): Refusal {
  return refusal(429, 'TooManyRequests', 'Rate limit exceeded.');
}

/** The flat body for a status Fastify itself decided on. */
export function leverErrorBody(status: number, message: string): { code: string; message: string } {
  return {
    code: status === 400 ? 'BadRequestError' : status === 500 ? 'InternalServerError' : 'RequestError',
    message,
  };
}

function refusal(status: number, code: string, message: string): Refusal {
  return new Refusal({ status, body: { code, message } });
}
