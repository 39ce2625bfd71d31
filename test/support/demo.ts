import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const startWithinMs = 180_000

/** `npm run demo`, as a newcomer starts it: the built client and the sample on one port. `settings` are its environment. */
export async function startDemo(settings: Record<string, string> = {}) {
  const port = await freePort()
  const demo = spawn(process.execPath, ['server/cli.ts', 'demo'], {
    cwd: join(import.meta.dirname, '../..'),
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      LOG_LEVEL: 'error',
      PRIVATE_HOSTS: '127.0.0.1',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  demo.stdout.on('data', (part: Buffer) => {
    said += part.toString()
  })
  const until = Date.now() + startWithinMs
  // The sign-ins are printed last, when the sample is in.
  while (!said.includes('example.org')) {
    if (demo.exitCode !== null) throw new Error(`The demo ended with ${demo.exitCode}: ${said}`)
    if (Date.now() > until) throw new Error(`The demo did not start in time: ${said}`)
    await sleep(100)
  }
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      if (demo.exitCode !== null) return
      demo.kill('SIGTERM')
      await once(demo, 'exit')
    },
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
