import { readFile } from 'node:fs/promises';
import { type Answer, Refusal } from '../http/answer.ts';

const folder = new URL('../../pages/', import.meta.url);
const types: Record<string, string> = { css: 'text/css', js: 'text/javascript' };

/** A style sheet or script of the pages. */
export async function readPageFile(name: string): Promise<Answer> {
  const extension = /^[a-z-]+\.(css|js)$/.exec(name)?.[1] ?? '';
  const text = extension === '' ? null : await readFile(new URL(name, folder), 'utf8').catch(() => null);
  if (text === null) throw new Refusal({ status: 404, body: { message: 'There is no such page file.' } });
  return {
    status: 200,
    body: text,
    contentType: `${types[extension]}; charset=utf-8`,
    headers: { 'cache-control': 'no-cache' },
  };
}
