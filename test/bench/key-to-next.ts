import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { launchChromium } from '#test/support/chromium.ts'
import type { Bench } from './benches.ts'
import { atMost, percentile } from './result.ts'
import type { World } from './world.ts'

const decisions = 60
/** The first ones warm the code up, as the first minute of a working day does. */
const warmUp = 5
/** How long a person looks at least, in milliseconds. */
const lookMs = 1_200

/** One decision, in milliseconds: to the frame with the next review on it, and what the browser itself says of it. */
type Painted = { ms: number; scriptMs: number; eventMs: number; requestsBefore: number }
type Traffic = { requests: number; sent: number; received: number }

/**
 * From the key that decides to the next review painted, in Chromium against a running server: the whole of a reviewer's
 * wait. Counts the requests that began before the paint, which nobody should wait for, and those that came behind it.
 */
export const keyToNext: Bench = async (world) => {
  const browser = await launchChromium()
  try {
    const page = await openDesk(world, browser)
    const traffic = countTraffic(page)
    const painted: Painted[] = []
    for (let n = 0; n < warmUp + decisions; n += 1) {
      if (n === warmUp) traffic.reset()
      await page.keyboard.press('9')
      await sleep(lookMs)
      const one = await decideOne(page)
      if (n >= warmUp) painted.push(one)
    }
    await sleep(2_000)
    const { requests, sent, received } = traffic.read()
    const each = (total: number) => (total / decisions).toFixed(1)
    const figures = (read: (one: Painted) => number) => {
      const all = painted.map(read)
      return `p50 ${percentile(all, 0.5).toFixed(0)}, p95 ${percentile(all, 0.95).toFixed(0)}`
    }
    const onTheWay = painted.reduce((sum, one) => sum + one.requestsBefore, 0)
    return [
      atMost(50, {
        name: 'key-to-next p95',
        value: percentile(
          painted.map(({ ms }) => ms),
          0.95,
        ),
        unit: 'ms',
        detail: `to the frame ${figures(({ ms }) => ms)}; script ${figures(({ scriptMs }) => scriptMs)}; event timing ${figures(({ eventMs }) => eventMs)}; a decision: ${each(requests)} requests, ${each(sent / 1_000)} kB out, ${each(received / 1_000)} kB in`,
      }),
      atMost(0, {
        name: 'key-to-next requests before',
        value: onTheWay,
        unit: 'requests',
        detail: `between key and paint, ${decisions} decisions`,
      }),
    ]
  } finally {
    await browser.close()
  }
}

async function openDesk(world: World, browser: Awaited<ReturnType<typeof launchChromium>>): Promise<Page> {
  const [reviewer] = await world.people('reviewer', 1)
  const context = await browser.newContext({ viewport: { width: 1_280, height: 720 } })
  const [name = '', value = ''] = reviewer!.headers.cookie!.split('=', 2) as [string, string]
  await context.addCookies([{ name, value, url: world.url }])
  const page = await context.newPage()
  await page.goto(`${world.url}/reviews/next`)
  await page.getByText('Claimed by you').first().waitFor()
  await page.locator('nav[aria-label="Up next"] li button').nth(2).waitFor()
  await page.evaluate(watchPaint)
  return page
}

declare global {
  interface Window {
    nextPainted: () => Promise<Painted>
  }
}

/** Runs in the page. The clock starts with the stroke itself, and ends in the first task after the frame that shows another review. */
function watchPaint() {
  const reference = () => document.querySelector('main h1')?.textContent ?? ''
  const events: PerformanceEventTiming[] = []
  new PerformanceObserver((entries) => events.push(...(entries.getEntries() as PerformanceEventTiming[]))).observe({
    type: 'event',
    durationThreshold: 16,
    buffered: false,
  } as PerformanceObserverInit)
  window.nextPainted = () =>
    new Promise((settle) => {
      const before = reference()
      const onKey = (event: KeyboardEvent) => {
        if (event.code !== 'Enter') return
        removeEventListener('keydown', onKey, true)
        const from = event.timeStamp
        let script = 0
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => {
          const to = performance.now()
          const requests = performance
            .getEntriesByType('resource')
            .filter(({ startTime }) => startTime >= from && startTime < to)
          // What the browser measured is told a little later.
          setTimeout(() => {
            const timed = events.findLast(({ name, startTime }) => name === 'keydown' && startTime >= from - 1)
            settle({
              ms: to - from,
              scriptMs: script - from,
              eventMs: timed?.duration ?? 0,
              requestsBefore: requests.length,
            })
            performance.clearResourceTimings()
          }, 150)
        }
        const frame = () => {
          const pictures = [...document.querySelectorAll<HTMLImageElement>('main img')]
          const isShown =
            reference() !== before && pictures.every(({ complete, loading }) => complete || loading === 'lazy')
          if (isShown) port2.postMessage(null)
          else requestAnimationFrame(frame)
        }
        // Heard last: behind what the stroke does.
        const onDone = () => {
          script = performance.now()
        }
        addEventListener('keydown', onDone, { once: true })
        requestAnimationFrame(frame)
      }
      addEventListener('keydown', onKey, true)
    })
}

async function decideOne(page: Page): Promise<Painted> {
  const handle = await page.evaluateHandle(() => ({ painted: window.nextPainted() }))
  await page.keyboard.press('Enter')
  return handle.evaluate(({ painted }) => painted)
}

function countTraffic(page: Page) {
  let count: Traffic = { requests: 0, sent: 0, received: 0 }
  page.on('requestfinished', async (request) => {
    if (request.url().includes('/live')) return
    const mine = count
    const { requestBodySize, responseBodySize, responseHeadersSize, requestHeadersSize } = await request.sizes()
    mine.requests += 1
    mine.sent += requestBodySize + requestHeadersSize
    mine.received += responseBodySize + responseHeadersSize
  })
  return {
    reset: () => {
      count = { requests: 0, sent: 0, received: 0 }
    },
    read: () => count,
  }
}
