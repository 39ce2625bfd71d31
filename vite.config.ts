/// <reference types="vitest/config" />
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.DOCKET_API ?? 'http://127.0.0.1:3000'

type ModuleInfo = { importedIds: readonly string[] }
type Graph = { getModuleInfo: (id: string) => ModuleInfo | null }

const screens = { app: 'client/main.tsx', queue: 'client/features/review/QueuePage.tsx' }
const parts: Partial<Record<keyof typeof screens, Set<string>>> = {}

/**
 * What the app and its first screen need at once goes into one file each. Left to itself, every part that two screens
 * share becomes a file of its own: a hundred requests, and small files compress badly.
 */
function firstScreen(id: string, graph: Graph) {
  for (const screen of ['app', 'queue'] as const) {
    parts[screen] ??= reachable(join(import.meta.dirname, screens[screen]), graph)
    if (parts[screen].has(id)) return screen
  }
  return null
}

function reachable(from: string, graph: Graph) {
  const seen = new Set<string>([from])
  for (const id of seen) {
    // The kit's and the icons' index name everything they have; what of it is used where, the bundler knows.
    if (/(@mantine\/core|@tabler\/icons-react)\//.test(id)) continue
    for (const next of graph.getModuleInfo(id)?.importedIds ?? []) seen.add(next)
  }
  return seen
}

export default defineConfig({
  root: 'client',
  plugins: [react()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 900,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: firstScreen, debugName: 'first screen' }] } } },
  },
  // Not all of `/api`: the modules of client/api are served under that name.
  server: { port: 5173, proxy: { '^/api/(v1/|auth/|docs|openapi)': { target: server, changeOrigin: false } } },
  test: {
    // By itself Vitest leaves a processor to the person who watches.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'server',
          root: import.meta.dirname,
          // What the files need is loaded once by each worker: for every file anew it took a third of the time.
          isolate: false,
          environment: 'node',
          include: ['{server,shared,test}/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/bench/**', '**/node_modules/**'],
          globalSetup: ['test/support/global-postgres.ts'],
          testTimeout: 30_000,
          hookTimeout: 120_000,
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
          // One of them walks every screen with axe.
          testTimeout: 150_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'client',
          root: import.meta.dirname,
          isolate: false,
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
