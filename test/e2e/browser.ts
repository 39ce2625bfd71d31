import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import { type SamplePersonKey, samplePassword, samplePeople } from '#server/features/intake/demo/people.ts'
import { launchChromium } from '#test/support/chromium.ts'

/**
 * One Chromium for the tests of a file; `open` gives a window of its own, signed in as one of the sample's people. `url` is
 * where a file has a demo of its own.
 */
export function useBrowser(url: () => string = () => inject('demoUrl')) {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser.close())

  async function openWindow(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      baseURL: url(),
      viewport: { width: 1_280, height: 720 },
      ...options,
    })
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    return page
  }

  return {
    openWindow,
    open: async (who: SamplePersonKey, path = '/queue', options: BrowserContextOptions = {}) => {
      const page = await openWindow(options)
      await page.goto(path)
      await signIn(page, who)
      return page
    },
  }
}

/** By keyboard, as everything here, whatever language the page is in. */
export async function signIn(page: Page, who: SamplePersonKey) {
  await page.locator('input[type=email]').focus()
  await page.keyboard.type(samplePeople[who].email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(samplePassword)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').first().waitFor()
}

/** No finding of axe at all, in the page as it stands; of some rules alone where the others were asked just before. */
export async function expectNoAxeFindings(page: Page, where: string, rules?: string[]) {
  // One frame, no others to gather: a page of its own for the sum would only cost time.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
  expect(found, where).toEqual([])
}
