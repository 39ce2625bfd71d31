import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCall } from '#client/api/call.ts'
import { decideReview } from '#shared/contract/decisions.ts'
import { getReview, type ReviewId } from '#shared/contract/reviews.ts'
import { takeOver } from '#shared/contract/turns.ts'
import { startDemo } from '#test/support/demo.ts'
import { useBrowser } from './browser.ts'

/** The third decision is taken back after the tenth, and an idle hand loses its claim: both in a test's time. */
const undoMs = 300_000
const leaseMs = 20_000

let demo: Awaited<ReturnType<typeof startDemo>>
beforeAll(async () => {
  demo = await startDemo({ UNDO_MS: String(undoMs), LEASE_MS: String(leaseMs) })
}, 200_000)
afterAll(() => demo.stop())

const browser = useBrowser(() => demo.url)

/** What is struck for each kind of decision, and what the server must hold of it. */
const kinds = [
  { name: 'no violation', strokes: ['9'], outcome: 'no_violation', measures: [] },
  { name: 'removed', strokes: ['1', 'r', 'x', '1'], outcome: 'violation', measures: ['remove'] },
  { name: 'labelled', strokes: ['2', 'l', 'x', '1'], outcome: 'violation', measures: ['label'] },
  { name: 'restricted by age', strokes: ['1', 'v', '2', 'x', '1'], outcome: 'violation', measures: ['restrict'] },
  { name: 'exempt', strokes: ['1', 'x', '2'], outcome: 'exempt', measures: [] },
  {
    name: 'removed, account warned',
    strokes: ['1', 'r', 'w', 'x', '1'],
    outcome: 'violation',
    measures: ['remove', 'warn'],
  },
  {
    name: 'removed, account blocked',
    strokes: ['2', 'r', 'b', 'x', '1'],
    outcome: 'violation',
    measures: ['remove', 'block'],
  },
] as const

type Made = { reviewId: ReviewId; kind: (typeof kinds)[number]; rationale: string }

it('is worked through by keyboard alone, and the server holds what was decided', async () => {
  const page = await browser.open('dana', '/reviews/next?queue=extremism&subject=post')
  // This window hears of nothing by itself: what others do is told when a decision arrives.
  await page.context().route('**/api/v1/live**', (route) => route.abort())
  await page.reload()
  await isMine(page)
  const made: Made[] = []

  for (let n = 0; n < 10; n += 1) made.push(await decide(page, n))
  const third = made[2]!
  await takeBack(page, third)
  third.kind = kinds[0]
  third.rationale = 'On a second look it is a report.'
  await write(page, third.rationale, ['9'])
  const shownAgain = await leave(page, third.reviewId, () => page.keyboard.press('Control+Enter'))
  expect(shownAgain, 'the one before the undo waited').not.toBe(third.reviewId)

  const held = await pass(page, 'h', ['1', '1'])
  const escalated = await pass(page, 'e', ['1'])
  for (let n = 10; n < 20; n += 1) made.push(await decide(page, n))

  const kept = idOf(page)
  await write(page, 'Half a sen', [])
  await page.reload()
  await isMine(page)
  expect(idOf(page), 'the review is the same after a reload').toBe(kept)
  const field = page.getByRole('textbox', { name: 'Rationale' })
  await expect.poll(() => field.inputValue()).toBe('Half a sen')
  await page.keyboard.press('f')
  await page.keyboard.press('End')
  await page.keyboard.type('tence.')
  expect(await field.inputValue()).toBe('Half a sentence.')
  await page.keyboard.press('Escape')

  // Nobody touches anything until the claim is over.
  await page.getByRole('alert', { name: /^Your claim ran out at/ }).waitFor({ timeout: leaseMs + 30_000 })
  await page.keyboard.press('Enter')
  await isMine(page)
  expect(await field.inputValue(), 'the draft outlives the claim').toBe('Half a sentence.')
  await page.keyboard.press('9')
  made.push({ reviewId: kept, kind: kinds[0], rationale: 'Half a sentence.' })
  const contested = await leave(page, kept, () => page.keyboard.press('Enter'))

  const marta = await browser.open('marta')
  await write(page, 'Praise, as I read it.', ['9'])
  await decideInstead(await callOf(marta.context()), contested)
  await page.keyboard.press('Control+Enter')
  const conflict = page.getByRole('alert', { name: /^Marta Kowal decided this/ })
  const notice = page.getByText(/^Marta Kowal decided DKT-\d+ before you/).filter({ visible: true })
  await conflict.or(notice).first().waitFor()
  // An answer that took its time tears nobody away.
  if (!(await conflict.isVisible())) await page.keyboard.press('Shift+U')
  await conflict.waitFor()
  expect(await conflict.innerText()).toContain('Praise, as I read it.')
  await leave(page, contested, () => page.keyboard.press('j'))

  await checkServer(await callOf(marta.context()), { made, held, escalated, contested })
  await page.context().close()
  await marta.context().close()
}, 420_000)

const idOf = (page: Page) => new URL(page.url()).pathname.split('/').at(-1) as ReviewId

async function isMine(page: Page) {
  await page.getByText('Claimed by you').first().waitFor()
  await page
    .getByRole('radio', { name: /No violation/ })
    .first()
    .waitFor()
}

/** Leads away from a review; answers which one is on the desk then, its address arrived and the focus in it. */
async function leave(page: Page, from: ReviewId, act: () => Promise<void>): Promise<ReviewId> {
  await act()
  await page.waitForURL((url) => url.pathname.startsWith('/reviews/') && !url.pathname.endsWith(from))
  await isMine(page)
  const hasFocus = () => page.evaluate(() => document.querySelector('main')?.contains(document.activeElement) ?? false)
  expect(await hasFocus(), 'the focus is not lost').toBe(true)
  return idOf(page)
}

/** Strikes keys and writes the reasons. */
async function write(page: Page, rationale: string, strokes: readonly string[]) {
  for (const stroke of [...strokes, 'f']) await page.keyboard.press(stroke)
  await page.keyboard.press('Control+a')
  await page.keyboard.type(rationale)
}

async function decide(page: Page, n: number): Promise<Made> {
  const kind = kinds[n % kinds.length]!
  const made = { reviewId: idOf(page), kind, rationale: `Decision ${n + 1}: ${kind.name}.` }
  await write(page, made.rationale, kind.strokes)
  // Where the strikes of the account ask for something else, sending leads to the field that says why not.
  const why = page.getByRole('textbox', { name: 'Why another measure' }).filter({ visible: true })
  if ((await why.count()) > 0) {
    await page.keyboard.press('Control+Enter')
    await page.keyboard.type('Judged on this post alone.')
  }
  await leave(page, made.reviewId, () => page.keyboard.press('Control+Enter'))
  return made
}

/** From the list of those that may still be taken back. */
async function takeBack(page: Page, { reviewId, rationale }: Made) {
  const reference = await referenceOf(page, reviewId)
  await tabTo(page, /^\d+ more/)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: /^Earlier decisions/ }).waitFor()
  await tabTo(page, new RegExp(`^Undo ?${reference}`))
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/reviews/${reviewId}**`)
  await isMine(page)
  const field = page.getByRole('textbox', { name: 'Rationale' })
  await expect.poll(() => field.inputValue(), { message: 'its draft is back' }).toBe(rationale)
}

async function referenceOf(page: Page, reviewId: ReviewId) {
  const call = await callOf(page.context())
  return (await call(getReview, { params: { reviewId } })).review.reference
}

async function tabTo(page: Page, name: RegExp) {
  for (let n = 0; n < 120; n += 1) {
    const text = await page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
    if (name.test(text)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`No Tab leads to ${name}.`)
}

/** Hands the review on by one of the forms; answers which one it was. */
async function pass(page: Page, key: string, choices: string[]): Promise<ReviewId> {
  const reviewId = idOf(page)
  await page.keyboard.press(key)
  await page.locator('form[aria-label]').waitFor()
  for (const choice of choices) await page.keyboard.press(choice)
  await page.locator('form[aria-label] textarea:focus').waitFor()
  await page.keyboard.type('Needs another pair of eyes.')
  await leave(page, reviewId, () => page.keyboard.press('Enter'))
  return reviewId
}

type Call = ReturnType<typeof createCall>

/** The API as the person of a window. */
async function callOf(context: BrowserContext): Promise<Call> {
  const cookies = await context.cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  return createCall(demo.url, { origin: demo.url, cookie })
}

/** Takes a review out of the hand that holds it, and decides it. */
async function decideInstead(call: Call, reviewId: ReviewId) {
  const { review, snapshot } = await call(getReview, { params: { reviewId } })
  const clientId = crypto.randomUUID()
  const { version } = await call(takeOver, { params: { reviewId }, body: { clientId, version: review.version } })
  await call(decideReview, {
    params: { reviewId },
    body: {
      clientId: crypto.randomUUID(),
      version,
      snapshotId: snapshot.id,
      outcome: 'no_violation',
      clause: null,
      exemption: null,
      measures: [],
      rationale: 'Quotes a court record.',
      handlingMs: 1_000,
    },
  })
}

type Story = { made: Made[]; held: ReviewId; escalated: ReviewId; contested: ReviewId }

async function checkServer(call: Call, { made, held, escalated, contested }: Story) {
  expect(new Set(made.map(({ reviewId }) => reviewId)).size, 'each review was decided once').toBe(21)
  for (const { reviewId, kind, rationale } of made) {
    const { review, decisions } = await call(getReview, { params: { reviewId } })
    const [standing, ...others] = decisions.filter(({ undoneAt }) => !undoneAt)
    expect(review.state, rationale).toBe('decided')
    expect(others, rationale).toEqual([])
    expect(standing, rationale).toMatchObject({ outcome: kind.outcome, rationale })
    expect(standing?.measures.map((measure) => measure.kind).sort()).toEqual([...kind.measures].sort())
    if (reviewId === made[2]!.reviewId) expect(decisions.filter(({ undoneAt }) => undoneAt)).toHaveLength(1)
  }
  const stateOf = async (reviewId: ReviewId) => (await call(getReview, { params: { reviewId } })).review.state
  expect(await stateOf(held)).toBe('on_hold')
  expect(await stateOf(escalated)).toBe('escalated')
  const { decisions } = await call(getReview, { params: { reviewId: contested } })
  expect(decisions.map(({ rationale }) => rationale)).toEqual(['Quotes a court record.'])
}
