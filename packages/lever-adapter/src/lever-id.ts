import { z } from 'zod';
import { isStorable } from './storable-text.ts';

/** An id as Lever sends it: any text, slugs included (`lever-api.md` §3.2), that can be kept as it is. */
export const leverId = z.string().min(1).refine(isStorable);
