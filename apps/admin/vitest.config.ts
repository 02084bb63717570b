import { defineConfig } from 'vitest/config';

// Pure functions alone: the files need no worlds of their own, and making one took longer than their tests.
export default defineConfig({ test: { name: 'admin', isolate: false } });
