import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { z } from 'zod'
import type { listReviews } from '#shared/contract/reviews.ts'
import { useBrowser } from './browser.ts'

const browser = useBrowser()

type Listed = z.infer<typeof listReviews.reply>

it('an original is on the screen and in the browser only while it is asked for', async () => {
  // An auditor reads and reveals, and holds nothing that others need.
  const page = await browser.open('pavel')
  const id = await findSeries(page)
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  const originals = () => asked.filter((path) => /\/(display|original)$/.test(path)).length
  await page.goto(`/reviews/${id}`)
  await page.getByRole('img', { name: 'Redacted copy, greyscale and blurred' }).waitFor()

  // Closer, and along the series: all of it redacted.
  for (const key of ['z', 'ArrowRight', 'z', 'z', 'ArrowLeft']) await page.keyboard.press(key)
  await page.getByRole('button', { name: 'Fit' }).waitFor()
  expect(originals()).toBe(0)

  const original = page.getByRole('img', { name: /^Original photograph/ })
  const hold = async () => {
    await page.keyboard.down('Space')
    await original.waitFor()
  }
  await hold()
  await page.keyboard.up('Space')
  await original.waitFor({ state: 'detached' })
  expect(originals()).toBe(1)

  await hold()
  await page.evaluate(() => dispatchEvent(new Event('blur')))
  await original.waitFor({ state: 'detached' })
  await page.keyboard.up('Space')

  await hold()
  await page.keyboard.press('ArrowRight')
  await original.waitFor({ state: 'detached' })
  await page.keyboard.up('Space')

  // Leaving the page in the middle ends it, too.
  await hold()
  await page.goto('/queue')
  await page.keyboard.up('Space')
  await expect.poll(() => countReveals(page, id), { timeout: 10_000 }).toEqual({ begun: 4, ended: 4 })
  expect(originals()).toBe(4)
  await page.getByRole('button', { name: /^Today: 4 of \d+ originals seen$/ }).waitFor()
})

it('looks as the person chose, and is shown by a press where they wish', async () => {
  const page = await browser.open('pavel')
  const id = await findSeries(page)
  await page.goto('/preferences')
  await page.getByRole('combobox', { name: 'All pictures' }).click()
  await page.getByRole('option', { name: 'Strong blur, in colour' }).click()
  await page.getByRole('radio', { name: /^Press once/ }).click()
  await page.goto(`/reviews/${id}`)
  const redacted = page.getByRole('img', { name: 'Redacted copy, blurred' })
  await redacted.waitFor()
  expect(await redacted.getAttribute('src')).toMatch(/\?look=strong$/)
  await expect
    .poll(() => redacted.evaluate((img) => (img as HTMLImageElement).naturalWidth), { timeout: 10_000 })
    .toBeGreaterThan(0)

  const original = page.getByRole('img', { name: /^Original photograph/ })
  await page.keyboard.press('Space')
  await original.waitFor()
  await page.keyboard.press('Space')
  await original.waitFor({ state: 'detached' })

  await page.goto('/preferences')
  await page.getByRole('combobox', { name: 'All pictures' }).click()
  await page.getByRole('option', { name: /^As the organisation/ }).click()
  await page.getByRole('radio', { name: /^Hold/ }).click()
  await expect.poll(() => page.getByRole('radio', { name: /^Hold/ }).isChecked()).toBe(true)
})

/** A post with several pictures. */
async function findSeries(page: Page): Promise<string> {
  const { items } = await page.evaluate(async () => (await (await fetch('/api/v1/reviews?limit=200')).json()) as Listed)
  const found = items.find(
    ({ media, isRestricted }) =>
      media.count > 1 && media.kinds.every((kind) => kind === 'image') && media.firstState === 'ready' && !isRestricted,
  )
  return found!.id
}

/** What the log says of one review, of this person's. */
function countReveals(page: Page, reviewId: string) {
  return page.evaluate(async (subjectId) => {
    const { items } = await (await fetch(`/api/v1/events?subjectId=${subjectId}&limit=200`)).json()
    const kinds = (items as { kind: string }[]).map(({ kind }) => kind)
    const of = (name: string) => kinds.filter((kind) => kind === name).length
    return { begun: of('media.revealed'), ended: of('media.hidden') }
  }, reviewId)
}
