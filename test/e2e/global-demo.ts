import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the demo answers. */
    demoUrl: string
  }
}

const startWithinMs = 120_000

/** `npm run demo`, as a newcomer starts it: the built client and the sample on one port, one for the whole run. */
export default async function setup(project: TestProject) {
  const port = await freePort()
  const demo = spawn(process.execPath, ['server/cli.ts', 'demo'], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port), LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  demo.stdout.on('data', (part: Buffer) => {
    said += part.toString()
  })
  const url = `http://127.0.0.1:${port}`
  const until = Date.now() + startWithinMs
  // The sign-ins are printed last, when the sample is in.
  while (!said.includes('example.org')) {
    if (demo.exitCode !== null) throw new Error(`The demo ended with ${demo.exitCode}: ${said}`)
    if (Date.now() > until) throw new Error(`The demo did not start in time: ${said}`)
    await sleep(100)
  }
  project.provide('demoUrl', url)
  return async () => {
    demo.kill('SIGTERM')
    if (demo.exitCode === null) await once(demo, 'exit')
  }
}

function freePort() {
  return new Promise<number>((settle) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => settle(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
