import { gzipSync } from 'node:zlib'
import { launchChromium } from '#test/support/chromium.ts'
import type { Bench } from './benches.ts'
import { atMost } from './result.ts'

/** What a browser fetches before the queue is on screen, gzipped as a proxy would. */
export const firstLoad: Bench = async (world) => {
  const [reviewer] = await world.people('reviewer', 1)
  const browser = await launchChromium()
  try {
    const context = await browser.newContext()
    const [name = '', value = ''] = reviewer!.headers.cookie!.split('=', 2) as [string, string]
    await context.addCookies([{ name, value, url: world.url }])
    const page = await context.newPage()
    const sizes = { script: 0, stylesheet: 0 }
    const bodies: Promise<void>[] = []
    page.on('response', (response) => {
      const kind = response.request().resourceType()
      if (kind !== 'script' && kind !== 'stylesheet') return
      bodies.push(
        response.body().then((body) => {
          sizes[kind] += gzipSync(body, { level: 9 }).length
        }),
      )
    })
    await page.goto(`${world.url}/queue`)
    await page
      .getByRole('table', { name: /^Reviews/ })
      .getByRole('row')
      .nth(3)
      .waitFor()
    await Promise.all(bodies)
    return [
      atMost(280, { name: 'first-load script', value: sizes.script / 1_000, unit: 'kB' }),
      atMost(40, { name: 'first-load styles', value: sizes.stylesheet / 1_000, unit: 'kB' }),
    ]
  } finally {
    await browser.close()
  }
}
