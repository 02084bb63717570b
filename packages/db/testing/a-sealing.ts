import { Buffer } from 'node:buffer';
import { canary } from '@turn-lever/core/testing/canaries';
import { createSealing, type Sealing } from '../src/seal.ts';

/** A sealing with a key that everybody knows, for tests. */
export const aSealing = (): Sealing =>
  createSealing([{ kid: 'test', key: new Uint8Array(Buffer.from(canary.sealingKey)) }]);
