import { mergeConfig } from 'vite'
import { defineConfig } from 'vitest/config'
import viteConfig from './vite.config.ts'

export default mergeConfig(
  viteConfig,
  defineConfig({
    test: {
      // Properties are tried many times, on machines that others work on too.
      testTimeout: 30_000,
      // A file that needs a DOM says so at its top: // @vitest-environment happy-dom
      environment: 'node',
      include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
      restoreMocks: true,
      unstubGlobals: true,
      setupFiles: ['src/testing/same-examples.ts'],
      // To load every module anew for each file took longer than all tests.
      pool: 'threads',
      isolate: false,
    },
  }),
)
