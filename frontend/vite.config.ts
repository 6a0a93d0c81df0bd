import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import optimizeLocales from '@react-aria/optimize-locales-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { earlyStart, firstImageGroups } from './chunks.config.ts'

const API = process.env.MASKWRIGHT_API ?? 'http://127.0.0.1:8000'

/** Below this a packed copy spares no packet. */
const LEAST_PACKED_BYTES = 1000

/** Writes a Brotli copy beside each asset: a sixth less to fetch than what is packed on the way. */
function packedAssets(): Plugin {
  return {
    name: 'packed-assets',
    apply: 'build',
    async writeBundle({ dir }) {
      const folder = join(dir ?? '', 'assets')
      const files = (await readdir(folder)).filter((name) => /\.(js|css|svg)$/.test(name))
      await Promise.all(
        files.map(async (name) => {
          const content = await readFile(join(folder, name))
          if (content.length < LEAST_PACKED_BYTES) return
          await writeFile(join(folder, `${name}.br`), await promisify(brotliCompress)(content))
        }),
      )
    },
  }
}

export default defineConfig({
  // The pages are in English, so the components' other thirty languages stay out of the bundle.
  plugins: [react(), optimizeLocales.vite({ locales: ['en-US'] }), packedAssets(), earlyStart()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    host: '127.0.0.1',
    port: 5173,
    // The API sees the address the browser used, so that cookies and signed URLs fit.
    proxy: { '/api': { target: API }, '/healthz': { target: API } },
  },
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    target: 'es2023',
    sourcemap: true,
    reportCompressedSize: true,
    rolldownOptions: { output: { codeSplitting: { groups: firstImageGroups() } } },
  },
})
