import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/schema/**/*.ts',
  out: './migrations',
  // The same in every drizzle() call: columns are written in camel case and stored in snake case.
  casing: 'snake_case',
});
