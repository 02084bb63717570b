import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Where `dev` starts the API; the browser sees one origin, the one of Vite.
const api = 'http://127.0.0.1:3001';
const ofApi = ['/api', '/oauth', '/webhooks', '/livez', '/readyz'];

export default defineConfig({
  plugins: [react()],
  server: {
    host: '127.0.0.1',
    port: 3000,
    strictPort: true,
    proxy: Object.fromEntries(ofApi.map((path) => [path, { target: api }])),
  },
  build: {
    manifest: true,
    // A data address would need leave in the content security policy.
    assetsInlineLimit: 0,
  },
});
