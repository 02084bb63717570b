import { z } from 'zod';
import { isStorable } from '../storable-text.ts';

/** An id as Turn sends it: text, or on some routes a number (`message.code` is both, so ids are read the same way). */
export const vendorId = z
  .union([z.string(), z.int()])
  .transform((id) => String(id).trim())
  .pipe(z.string().min(1).max(100).refine(isStorable));

/** Turn's own id of a check, `C` and ten digits today. It goes into a note, so nothing but an id is taken. */
export const turnIdText = vendorId.pipe(z.string().regex(/^[A-Za-z0-9-]{1,64}$/u));
