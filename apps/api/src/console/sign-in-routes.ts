import { toEmail } from '@turn-lever/core/people';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { answerTo } from '../answers.ts';
import type { Authentication } from './authentication.ts';
import type { PasswordLimits } from './password-limits.ts';

/** What sign-in and sign-out need. */
export interface SignInPorts {
  readonly authentication: Pick<Authentication, 'signIn' | 'signOut'>;
  readonly passwordLimits: PasswordLimits;
}

const signInBody = z.strictObject({
  email: z.string().max(254).transform(toEmail),
  password: z.string().min(1).max(256),
});

// The same for an address that nobody has.
const wrong = { error: { code: 'refused', message: 'The address or the password is not right.' } };

/** `POST /api/auth/sign-in/email` and `POST /api/auth/sign-out`. Their answers hold nothing but a cookie. */
export const registerSignIn = (server: FastifyInstance, ports: SignInPorts): void => {
  const { authentication, passwordLimits } = ports;
  server.post('/api/auth/sign-in/email', async (request, reply) => {
    const read = signInBody.safeParse(request.body);
    if (!read.success) return reply.code(400).send(answerTo(400));
    if (!passwordLimits.mayTry(`email ${read.data.email}`, request.ip))
      return reply.code(429).send(answerTo(429));
    const cookies = await authentication.signIn(read.data, request.headers.cookie);
    if (cookies === null) return reply.code(401).send(wrong);
    return reply.header('set-cookie', cookies).send({ status: 'signed in' });
  });
  server.post('/api/auth/sign-out', async (request, reply) => {
    const cookies = await authentication.signOut(request.headers.cookie);
    return reply.header('set-cookie', cookies).send({ status: 'signed out' });
  });
};
