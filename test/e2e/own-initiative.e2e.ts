import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectNoAxeFindings, useBrowser } from './browser.ts'
import { startReceiver } from './receiver.ts'

const browser = useBrowser()
const platform = 'horizon'
const caption = 'Сбор у Карасу: ЗНАМЁНА Горизонта подняты, ждём братьев.'
const rationale = 'Shows the banner of the group with praise.'
const correction = 'The text quotes a court record: no praise of its own.'

let receiver: Awaited<ReturnType<typeof startReceiver>>
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.close())

describe('a post that somebody found', () => {
  it('goes from a dropped picture to the platform, and is corrected there', async () => {
    await connectPlatform()
    const watching = await browser.open('dana', '/queue?sort=newest')
    await watching.getByRole('table', { name: /^Reviews/ }).waitFor()
    const finding = await browser.open('ana', '/new-flag')
    await flagByHand(finding)
    await finding.waitForURL('**/reviews/**')
    await finding.getByRole('region', { name: 'Photo 1 of 2' }).waitFor()
    await finding.getByText('Claimed by you').first().waitFor()

    // The other browser hears of it by itself, and nothing moves until it is asked for.
    await watching.getByRole('button', { name: /\d+ new/ }).click()
    await watching
      .getByRole('row')
      .filter({ hasText: caption.slice(0, 20) })
      .first()
      .waitFor()

    await watching.keyboard.press('/')
    await watching.keyboard.type('знамена карасу')
    await watching.keyboard.press('Enter')
    await watching.waitForURL('**/queue?*q=*')
    const found = watching.getByRole('row').and(watching.locator('[aria-current=true]'))
    await found.filter({ hasText: caption.slice(0, 20) }).waitFor()
    expect(await watching.locator('mark').allInnerTexts()).toContain('ЗНАМЁНА')
    await expectNoAxeFindings(watching, 'the queue under a search')

    // Whoever leaves the desk gives the review back.
    await found.filter({ hasText: 'Claimed' }).waitFor()
    await finding.goto('/queue')
    await found.filter({ hasText: 'Open' }).waitFor()

    const reference = await decide(watching)
    const [told] = await receiver.messages(1)
    expect(told).toMatchObject({
      kind: 'decision',
      decision: { review: reference, outcome: 'violation', rationale, supersedesId: null },
      apply: [{ target: 'post', kind: 'remove' }],
      lift: [],
    })

    await watching.goto(`/queue?tab=decided&q=${reference}`)
    await watching.getByRole('row').and(watching.locator('[aria-current=true]')).waitFor()
    await watching.keyboard.press('Enter')
    await watching.getByText('Carried out').first().waitFor()
    await correct(watching)
    const [, lifted] = await receiver.messages(2)
    expect(lifted).toMatchObject({
      decision: { review: reference, outcome: 'no_violation', rationale: correction, supersedesId: expect.any(String) },
      apply: [],
      lift: [{ target: 'post', kind: 'remove' }],
    })
    await watching.context().close()
    await finding.context().close()
  }, 150_000)
})

async function connectPlatform() {
  const page = await browser.open('noor', '/receivers')
  await page.getByRole('button', { name: 'Add a receiver' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Horizon')
  await dialog.getByRole('textbox', { name: 'Address' }).fill(receiver.url)
  await dialog.getByRole('textbox', { name: 'Platforms' }).fill(platform)
  await dialog.getByRole('button', { name: 'Save' }).click()
  const secret = dialog.getByRole('textbox', { name: 'Secret' })
  await secret.waitFor()
  receiver.trust(await secret.inputValue())
  await page.context().close()
}

async function flagByHand(page: Page) {
  await page.getByRole('textbox', { name: 'Link' }).fill('https://horizon.example/wall/42')
  await page.getByRole('textbox', { name: 'Platform' }).fill(platform)
  await page.getByRole('textbox', { name: 'Account' }).fill('karasu_banner')
  await page.getByRole('textbox', { name: 'Caption' }).fill(caption)
  await page.getByRole('textbox', { name: 'Language' }).fill('ru')
  await dropPictures(page, ['rocket.jpg', 'park-bridge.jpg'])
  await page.getByText('Kept', { exact: true }).nth(1).waitFor()
  await page.getByRole('combobox', { name: 'Suspected clause' }).fill('2.3')
  await page.getByRole('option', { name: /^2\.3/ }).click()
  await expectNoAxeFindings(page, 'the form of a flag by hand')
  await page.getByRole('button', { name: /^Open the review/ }).click()
}

async function dropPictures(page: Page, names: string[]) {
  const folder = join(import.meta.dirname, '../../server/features/intake/demo/media')
  const files = await Promise.all(
    names.map(async (name) => ({ name, base64: (await readFile(join(folder, name))).toString('base64') })),
  )
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer()
    for (const { name, base64 } of given) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      data.items.add(new File([bytes], name, { type: 'image/jpeg' }))
    }
    return data
  }, files)
  await page.locator('form').dispatchEvent('drop', { dataTransfer: transfer })
}

/** By keyboard, from the row under the cursor. Answers the review's reference. */
async function decide(page: Page) {
  const { keyboard } = page
  await keyboard.press('Enter')
  await page.waitForURL('**/reviews/**')
  await page.getByText('Claimed by you').first().waitFor()
  const reference = (await page.title()).split(' ')[0]!
  await keyboard.press('1')
  await keyboard.press('r')
  await keyboard.press('x')
  await keyboard.press('1')
  await keyboard.press('f')
  await keyboard.type(rationale)
  await keyboard.press('Control+Enter')
  await page.waitForURL((url) => !url.pathname.startsWith('/reviews/') || !url.href.includes(reference))
  return reference
}

async function correct(page: Page) {
  await page.getByRole('button', { name: 'Correct' }).click()
  await page.getByRole('heading', { name: 'Correction' }).waitFor()
  await page.keyboard.press('9')
  await page.keyboard.press('f')
  await page.keyboard.press('Control+a')
  await page.keyboard.type(correction)
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'Correction' }).waitFor({ state: 'detached' })
}
