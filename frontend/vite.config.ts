import { fileURLToPath } from 'node:url'
import optimizeLocales from '@react-aria/optimize-locales-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const API = process.env.MASKWRIGHT_API ?? 'http://127.0.0.1:8000'

export default defineConfig({
  // The pages are in English, so the components' other thirty languages stay out of the bundle.
  plugins: [react(), optimizeLocales.vite({ locales: ['en-US'] })],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    host: '127.0.0.1',
    port: 5173,
    // The API sees the address the browser used, so that cookies and signed URLs fit.
    proxy: { '/api': { target: API }, '/healthz': { target: API } },
  },
  worker: { format: 'es' },
  build: { outDir: 'dist', target: 'es2023', sourcemap: true, reportCompressedSize: true },
})
