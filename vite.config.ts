/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.DOCKET_API ?? 'http://127.0.0.1:3000'

export default defineConfig({
  root: 'client',
  plugins: [react()],
  build: { outDir: '../dist/client', emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 900 },
  // Not all of `/api`: the modules of client/api are served under that name.
  server: { port: 5173, proxy: { '^/api/(v1/|auth/|docs|openapi)': { target: server, changeOrigin: false } } },
  test: {
    projects: [
      {
        test: {
          name: 'server',
          root: import.meta.dirname,
          environment: 'node',
          include: ['{server,shared,test}/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/bench/**', '**/node_modules/**'],
          globalSetup: ['test/support/global-postgres.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          root: import.meta.dirname,
          environment: 'node',
          include: ['test/e2e/**/*.e2e.ts'],
          globalSetup: ['test/e2e/global-demo.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'client',
          root: import.meta.dirname,
          environment: 'jsdom',
          include: ['client/**/*.test.{ts,tsx}'],
          setupFiles: ['test/support/client-setup.ts'],
          css: { include: [] },
          testTimeout: 20_000,
        },
      },
    ],
  },
})
