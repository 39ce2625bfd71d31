import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectNoAxeFindings, useBrowser } from './browser.ts'

const browser = useBrowser()
const rationale = 'Series shows a passport destroyed, with the term and a claimed place.'
const note = 'Second account of the person behind artyom_atyrau.'

/** What the first test decided, for the second to find in the file. */
let decided: { reference: string; reviewId: string }

describe('the case of the successor account', () => {
  it('is found, revealed, noted and decided by keyboard alone', async () => {
    const page = await browser.open('dana')
    const { keyboard } = page
    await filterByLanguage(page, 'Russian')

    await keyboard.press('ArrowDown')
    await keyboard.press('ArrowUp')
    const row = page.getByRole('row').and(page.locator('[aria-current=true]'))
    await row.filter({ hasText: 'artyom_2' }).waitFor()
    await keyboard.press('Enter')
    await page.waitForURL('**/reviews/**')
    await page.getByText('Claimed by you').first().waitFor()
    decided = {
      reviewId: new URL(page.url()).pathname.split('/').at(-1)!,
      reference: (await page.title()).split(' ')[0]!,
    }

    await revealWhileHeld(page)
    await keyboard.press('ArrowRight')
    await page.getByRole('region', { name: 'Photo 2 of 3' }).waitFor()

    await keyboard.press('c')
    await keyboard.type(note)
    await keyboard.press('Control+Enter')
    await page.getByText(note).and(page.locator(':not(textarea)')).first().waitFor()
    await keyboard.press('Escape')

    // Without a pause: whatever a stroke opens has to be there for the next one.
    for (const stroke of ['1', 'r', 'b', 'x', '1', 'f']) await keyboard.press(stroke)
    await keyboard.type(rationale)
    await page.getByRole('button', { name: 'Exemption: No exemption' }).waitFor()
    await expectNoAxeFindings(page, 'a decision ready to be sent')
    await keyboard.press('Control+Enter')

    await page.waitForURL((url) => url.pathname.startsWith('/reviews/') && !url.pathname.endsWith(decided.reviewId))
    await page.getByText('Claimed by you').first().waitFor()
    expect(await page.title()).not.toContain(decided.reference)
    expect(new URL(page.url()).searchParams.get('language'), 'the next one is of the same list').toContain('ru')
    await page.context().close()
  })

  it('stands in the file that a supervisor downloads', async () => {
    const page = await browser.open('marta', '/queue?tab=decided')
    await page.getByRole('button', { name: 'Export this list' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Decisions CSV' }).click(),
    ])
    const csv = await readFile(await download.path(), 'utf8')
    const rows: Record<string, string>[] = parse(csv, { columns: true, bom: true })

    expect(download.suggestedFilename()).toMatch(/^decisions[\w.-]*\.csv$/)
    const row = rows.find((each) => Object.values(each).includes(decided.reference))
    expect(Object.values(row ?? {})).toEqual(
      expect.arrayContaining(['violation', 'Dana Ospan', rationale, expect.stringContaining('remove')]),
    )
    await page.context().close()
  })

  it('stands in the audit log, reveal and note included', async () => {
    const page = await browser.open('marta', `/audit?subjectId=${decided.reviewId}`)
    await page.getByRole('table').getByText('Decided', { exact: true }).first().waitFor()
    for (const kind of ['Claimed', 'Original revealed', 'Original hidden', 'Note written']) {
      expect(await page.getByRole('table').getByText(kind, { exact: true }).count(), kind).toBeGreaterThan(0)
    }
    await page.context().close()
  })
})

async function filterByLanguage(page: Page, language: string) {
  const { keyboard } = page
  await page.getByRole('table', { name: /^Reviews/ }).waitFor()
  await keyboard.press('a')
  await page.getByRole('combobox', { name: 'Filter by' }).waitFor()
  await keyboard.type(language)
  await page.getByRole('option', { name: `Language: ${language}`, selected: true }).waitFor()
  await keyboard.press('Enter')
  await page.waitForURL('**/queue?*language=ru*')
}

async function revealWhileHeld(page: Page) {
  const original = page.getByRole('img', { name: /^Original photograph/ })
  await page
    .getByRole('img', { name: /^Redacted copy/ })
    .first()
    .waitFor()
  await page.keyboard.down('Space')
  await original.waitFor()
  await page.keyboard.up('Space')
  await original.waitFor({ state: 'detached' })
}
