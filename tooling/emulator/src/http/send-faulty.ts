import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Answer, answerHeaders, answerText } from './answer.ts';
import type { Fault } from './fault-plan.ts';

/** Whether the request is carried out although this fault strikes it. */
export function isCarriedOut(fault: Fault): boolean {
  switch (fault.kind) {
    case 'reset-before-reading':
    case 'status':
    case 'late':
      return false;
    case 'html':
    case 'wrong-json':
    case 'no-answer':
      return fault.commit ?? false;
    default:
      return true;
  }
}

/** The answer a fault puts in the place of the right one, or null when it spoils the sending instead. */
export function replacementAnswer(fault: Fault): Answer | null {
  switch (fault.kind) {
    case 'status':
    case 'status-after-committing': {
      const usual = { code: 'EmulatedFault', message: `The emulator was told to answer ${fault.status}.` };
      return {
        status: fault.status,
        body: 'body' in fault ? fault.body : usual,
        headers: fault.headers ?? {},
      };
    }
    case 'late':
      return { status: 504, body: { message: 'The emulator takes its time.' } };
    case 'html':
      return {
        status: 200,
        contentType: 'text/html; charset=utf-8',
        body: '<!doctype html><title>Down for maintenance</title><p>We will be right back.</p>',
      };
    case 'wrong-json':
      return { status: 200, body: fault.body ?? {} };
    default:
      return null;
  }
}

/** Resets the connection (RST, not an orderly end). */
export function resetConnection(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  request.raw.socket.resetAndDestroy();
}

/** Announces the whole body, sends the first half, closes. */
export function sendHalf(reply: FastifyReply, answer: Answer): void {
  reply.hijack();
  const bytes = Buffer.from(answerText(answer));
  reply.raw.writeHead(answer.status, { ...answerHeaders(answer), 'content-length': String(bytes.length) });
  reply.raw.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => reply.raw.socket?.destroy());
}

/** Sends the body byte by byte. */
export async function sendSlowly(reply: FastifyReply, answer: Answer, intervalMs: number): Promise<void> {
  reply.hijack();
  const bytes = Buffer.from(answerText(answer));
  reply.raw.writeHead(answer.status, { ...answerHeaders(answer), 'content-length': String(bytes.length) });
  for (const byte of bytes) {
    if (reply.raw.destroyed) return;
    reply.raw.write(Buffer.of(byte));
    await sleep(intervalMs, undefined, { ref: false });
  }
  reply.raw.end();
}
