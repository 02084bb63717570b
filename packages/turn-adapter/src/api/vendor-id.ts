import { z } from 'zod';

/** An id as Turn sends it: text, or on some routes a number (`message.code` is both, so ids are read the same way). */
export const vendorId = z
  .union([z.string(), z.int()])
  .transform((id) => String(id).trim())
  .pipe(z.string().min(1).max(100));
