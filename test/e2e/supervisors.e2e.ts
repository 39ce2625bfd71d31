import { parse } from 'csv-parse/sync'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Report } from '#shared/contract/reports.ts'
import { expectNoAxeFindings, useBrowser } from './browser.ts'

const browser = useBrowser()
const change = 'Insults that are repeated after a warning count as well'
const rationale = 'Third account of the same campaign.'
const appealText = 'I quoted somebody else and argued against it.'
const answer = 'The post quotes the insult and answers it.'

const today = new Date().toISOString().slice(0, 10)

/** The report of today as the screen gets it. */
async function readReport(page: Page): Promise<Report> {
  const reply = await page.request.get(`/api/v1/reports?from=${today}&to=${today}&by=measure&zone=UTC`)
  expect(reply.status()).toBe(200)
  return (await reply.json()) as Report
}

/** Rows of a file that was asked for as a reviewer's program would. */
async function readExport(page: Page, query: string): Promise<Record<string, string>[]> {
  const reply = await page.request.get(`/api/v1/exports/${query}`)
  expect(reply.status()).toBe(200)
  return parse(await reply.text(), { columns: true, bom: true })
}

describe('a clause, a termination and an appeal', () => {
  /** Told from one step to the next. */
  const told = { review: '', reference: '', handle: '', decision: '', appeal: '' }
  let before: Report

  it('a supervisor writes a version, and somebody else publishes it', async () => {
    const writer = await browser.open('marta', '/policies/abuse.insult')
    before = await readReport(writer)
    await writer.getByRole('button', { name: 'Write v2' }).click()
    await writer.getByRole('textbox', { name: 'What changes' }).fill(change)
    await writer.getByRole('textbox', { name: 'Signs' }).fill('Addressed to a user\nRepeated after a warning')
    await writer.getByRole('button', { name: 'Save', exact: true }).click()
    await writer.getByRole('button', { name: 'Ask for a second pair of eyes' }).click()
    await writer.getByText('Asked for a second pair of eyes').first().waitFor()
    expect(await writer.getByRole('button', { name: 'Approve and publish' }).count()).toBe(0)

    const second = await browser.open('noor', new URL(writer.url()).pathname)
    await second.getByRole('button', { name: 'Approve and publish' }).click()
    await second.getByText('Published as v2').waitFor()
    await expectNoAxeFindings(second, 'a published draft')
    await writer.context().close()
    await second.context().close()
  })

  it('a reviewer proposes a termination under it, and a second person confirms', async () => {
    const first = await browser.open('timur', '/reviews/next?queue=hate')
    await first.getByText('Claimed by you').first().waitFor()
    const { keyboard } = first
    told.review = new URL(first.url()).pathname.split('/').at(-1)!
    told.reference = (await first.title()).split(' ')[0]!
    await keyboard.press('0')
    await first.getByRole('combobox', { name: /clause/i }).waitFor()
    await keyboard.type('Insult')
    await keyboard.press('Enter')
    await keyboard.press('r')
    await keyboard.press('Shift+W')
    await keyboard.press('f')
    await keyboard.type(rationale)
    await first.getByRole('button', { name: /^Propose/ }).waitFor()
    await Promise.all([
      first.waitForResponse((reply) => reply.url().endsWith('/proposals') && reply.status() === 201),
      keyboard.press('Control+Enter'),
    ])
    await first.waitForURL((url) => !url.pathname.endsWith(told.review))
    await first.context().close()

    const second = await browser.open('ana', `/reviews/${told.review}`)
    await second.getByText('Waits for a second person').first().waitFor()
    await second.getByText('5.1 Insult, v2').first().waitFor()
    await expectNoAxeFindings(second, 'a proposal')
    const account = await second.request.get(`/api/v1/reviews/${told.review}`)
    const { account: standing } = (await account.json()) as { account: { handle: string; status: string } }
    told.handle = standing.handle
    expect(standing.status, 'nothing takes effect before').not.toBe('deleted')
    await Promise.all([
      second.waitForResponse((reply) => reply.url().endsWith('/confirm') && reply.status() === 201),
      second.keyboard.press('j'),
    ])
    await second.context().close()
  })

  it('the user appeals, and a reviewer who had no part in it reverses', async () => {
    const page = await browser.open('marta', '/decisions?clause=abuse.insult&sort=newest')
    await page.getByRole('row').filter({ hasText: told.reference }).first().click()
    await page.getByRole('heading', { name: `Decision on ${told.reference}` }).waitFor()
    told.decision = new URL(page.url()).pathname.split('/').at(-1)!
    // Its undo window, and then the sweep of the outbox.
    await expect
      .poll(
        async () => (await (await page.request.get(`/api/v1/decisions/${told.decision}`)).json()).decision.delivery,
        {
          timeout: 30_000,
          interval: 500,
        },
      )
      .toBe('recorded')
    await page.reload()
    await page.getByRole('link', { name: 'File an appeal' }).click()
    await page.getByRole('textbox', { name: 'In their own words' }).fill(appealText)
    await page.getByRole('button', { name: 'File it' }).click()
    await page.waitForURL(/\/appeals\/[0-9a-f-]{36}$/)
    told.appeal = new URL(page.url()).pathname
    await page.context().close()

    const decider = await browser.open('ana', told.appeal)
    await decider.getByText(appealText).waitFor()
    expect(await decider.getByRole('button', { name: /^Take it/ }).count(), 'who confirmed hears it not').toBe(0)
    await decider.context().close()

    const other = await browser.open('jonas', told.appeal)
    await other.getByRole('button', { name: /^Take it/ }).click()
    await other.getByRole('radio', { name: 'Reverse' }).click()
    await other.getByRole('textbox', { name: 'Reasons' }).fill(answer)
    await expectNoAxeFindings(other, 'an appeal being answered')
    await other.keyboard.press('Control+Enter')
    await other.getByText('Reversed').first().waitFor()
    await other.context().close()
  })

  it('the report, the account page and the exports tell the same of it', async () => {
    const page = await browser.open('marta', `/reports?from=${today}&to=${today}`)
    // The reversal takes effect after its undo window.
    const decisionsNow = async () => (await readReport(page)).figures
    await expect
      .poll(async () => (await decisionsNow()).appealsReversed, { timeout: 30_000 })
      .toBe(before.figures.appealsReversed + 1)
    const { figures, seq } = await readReport(page)
    expect(figures.appealsFiled).toBe(before.figures.appealsFiled + 1)
    expect(figures.overturned.k).toBe(before.figures.overturned.k + 1)

    const appeals = await readExport(page, 'appeals.csv')
    expect(appeals.filter((row) => Object.values(row).includes(told.decision))).toHaveLength(1)
    const decisions = await readExport(page, 'decisions.csv')
    expect(decisions.filter((row) => Object.values(row).includes(told.reference)).length).toBe(2)

    await page.goto(`/reports?from=${today}&to=${today}&seq=${seq}`)
    const reversed = page
      .getByRole('link', { name: /Reversed/ })
      .or(page.getByRole('row').filter({ hasText: 'Reversed' }).getByRole('link'))
    await reversed.first().click()
    await page.getByRole('heading', { name: /Rows of/ }).waitFor()
    await page.getByText(told.reference).first().waitFor()

    await page.goto(`/accounts?q=${encodeURIComponent(told.handle)}`)
    await page.getByRole('row').filter({ hasText: told.handle }).first().click()
    await page.getByText('Appeal: reversed').first().waitFor({ state: 'attached' })
    await page.context().close()
  })
})

describe('many reviews at once', () => {
  it('are decided but for three that somebody holds, and all taken back', async () => {
    const path = '/queue?queue=general&state=open'
    const holder = await browser.open('jonas', path)
    const held = await holder.evaluate(async () => {
      const list = await (await fetch('/api/v1/reviews?queue=general&state=open&sort=oldest&limit=3')).json()
      for (const { id } of list.items) {
        const reply = await fetch(`/api/v1/reviews/${id}/claim`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ clientId: crypto.randomUUID() }),
        })
        if (!reply.ok) throw new Error(await reply.text())
      }
      return list.items.map(({ reference }: { reference: string }) => reference) as string[]
    })

    const page = await browser.open('marta', path)
    await page.getByRole('table', { name: /^Reviews/ }).waitFor()
    const all = await waiting(page)
    expect(all).toBeGreaterThan(500)
    await page.keyboard.press('Control+a')
    await page.getByRole('button', { name: /^Select all .* that match$/ }).click()
    await page.getByRole('button', { name: 'Decide together…' }).click()
    await page.getByText('None', { exact: true }).first().click()
    await page.getByRole('button', { name: /^Preview/ }).click()
    await page.getByText('3 will stay as they are', { exact: true }).waitFor()
    for (const reference of held) await page.getByText(new RegExp(reference)).first().waitFor()
    await expectNoAxeFindings(page, 'the preview of a bulk')
    await page.getByRole('button', { name: `Decide ${all - 3}`, exact: true }).click()
    await page.getByRole('button', { name: /^Undo all/ }).waitFor()
    expect(await waiting(page)).toBe(3)
    await page.keyboard.press('u')
    await page
      .getByText(`${all - 3} taken back`)
      .first()
      .waitFor()
    expect(await waiting(page)).toBe(all)
    await page.context().close()
    await holder.context().close()
  })
})

/** As the server counts them at this moment. */
async function waiting(page: Page): Promise<number> {
  const reply = await page.request.get('/api/v1/reviews?queue=general&state=open&limit=1')
  return ((await reply.json()) as { count: { value: number } }).count.value
}
