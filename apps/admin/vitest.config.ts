import { defineConfig } from 'vitest/config';

// Pure functions alone: the files need no worlds of their own.
export default defineConfig({ test: { name: 'admin', isolate: false } });
