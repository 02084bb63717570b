import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { name: 'emulator', testTimeout: 30_000, hookTimeout: 60_000 } });
