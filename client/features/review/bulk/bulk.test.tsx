import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { type BulkItem, runBulk, undoBulk } from '#shared/contract/bulk.ts'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import { countReviews, getReview, listReviews, type ReviewRow } from '#shared/contract/reviews.ts'
import { listPeople } from '#shared/contract/team.ts'
import { buildPage, buildPerson, buildPolicy, buildQueue, buildReviewRow } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'
import { useSelection } from '../queue/selection.ts'

// What is ticked stays while a review is looked at, and over the end of a test.
beforeEach(() => useSelection.setState(useSelection.getInitialState()))

const none = { value: 0, exact: true }
const bulkId = '01900000-0000-7000-8000-00000000b01c'
const clause = buildPolicy({ id: 'hate.incitement', code: '4.1', shortName: 'Incitement' })
const threat = buildPolicy({
  id: 'life.threat',
  code: '1.1',
  shortName: 'Credible threat',
  section: { code: '1', name: 'Life' },
})

function serverWith(rows: ReviewRow[], count = { value: rows.length, exact: true }) {
  return fakeApi()
    .on(getReview, () => ({ refuse: 'not_found' }))
    .on(listReviews, () => ({ ...buildPage(rows), count }))
    .on(countReviews, () => ({
      byState: { open: count, on_hold: none, escalated: none, confirming: none, decided: none },
      mine: 0,
      byQueue: [],
    }))
    .on(listPolicies, () => ({ items: [clause, threat] }))
    .on(listPeople, () => ({ items: [buildPerson({ id: 'person-ana', name: 'Ana Ribeiro' })] }))
    .on(listQueues, () => ({ items: [buildQueue()], languages: [], platforms: [] }))
}

const toItem = ({ id, reference, version }: ReviewRow, over: Partial<BulkItem> = {}): BulkItem => ({
  reviewId: id,
  reference,
  version,
  code: null,
  byId: null,
  byName: null,
  at: null,
  ...over,
})
const bar = () => screen.findByRole('toolbar', { name: 'Selected reviews' })
const tick = (row: ReviewRow) => screen.findByRole('checkbox', { name: `Select ${row.reference}` })

describe('ticking', () => {
  it('takes single rows and ranges by mouse, and lets go of all', async () => {
    const rows = Array.from({ length: 5 }, () => buildReviewRow())
    serverWith(rows)
    const { user } = renderApp('/queue')
    await user.click(await tick(rows[1]!))
    await user.keyboard('{Shift>}')
    await user.click(await tick(rows[3]!))
    await user.keyboard('{/Shift}')
    expect(within(await bar()).getByText('3 selected')).toBeVisible()
    expect(await tick(rows[2]!)).toBeChecked()
    await user.click(await tick(rows[2]!))
    expect(within(await bar()).getByText('2 selected')).toBeVisible()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('toolbar')).toBeNull())
  })

  it('goes by keyboard: the row, the rows on the way, all in view, and then all that match', async () => {
    const rows = Array.from({ length: 4 }, () => buildReviewRow())
    const api = serverWith(rows, { value: 3412, exact: true })
    api.on(runBulk, () => ({ done: 0, refused: 0, items: [], bulk: null }))
    const { user } = renderApp('/queue?language=ru')
    await tick(rows[0]!)
    await user.keyboard('{Shift>} {/Shift}')
    expect(within(await bar()).getByText('1 selected')).toBeVisible()
    await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}')
    expect(within(await bar()).getByText('3 selected')).toBeVisible()
    expect(screen.queryByRole('button', { name: /Select all/ })).toBeNull()
    await user.keyboard('{Control>}a{/Control}')
    await user.click(await screen.findByRole('button', { name: 'Select all 3,412 that match' }))
    expect(within(await bar()).getByText('3,412 selected')).toBeVisible()

    await user.click(await tick(rows[1]!))
    await user.click(screen.getByRole('button', { name: 'Claim' }))
    await user.click(await screen.findByRole('button', { name: 'Preview 3,411 effects' }))
    await waitFor(() => expect(api.sent(runBulk)).toHaveLength(1))
    expect(api.sent(runBulk)[0]).toMatchObject({
      dryRun: true,
      choice: { filter: { language: ['ru'] }, except: [rows[1]!.id] },
    })
  })

  it('offers more than may be done at once only with a word about it', async () => {
    const rows = [buildReviewRow()]
    serverWith(rows, { value: 8000, exact: true })
    const { user } = renderApp('/queue')
    await user.click(await tick(rows[0]!))
    await user.click(await screen.findByRole('button', { name: 'Select all 8,000 that match' }))
    expect(await screen.findByText('At most 5,000 at once. Narrow the filters.')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Decide together…' })).toBeDisabled()
  })

  it('is not for those who change nothing', async () => {
    const row = buildReviewRow()
    serverWith([row]).as('auditor')
    renderApp('/queue')
    await screen.findByText(row.reference)
    expect(screen.queryByRole('checkbox')).toBeNull()
  })
})

describe('deciding together', () => {
  it('shows what would happen, does it once, says what was refused, and takes all of it back', async () => {
    const rows = [buildReviewRow(), buildReviewRow()]
    const held = { code: 'held_by_other' as const, byId: 'person-ana', byName: 'Ana Ribeiro' }
    const items = [toItem(rows[0]!), toItem(rows[1]!, held)]
    const api = serverWith(rows)
      .on(runBulk, ({ body }) => {
        const at = new Date()
        const undoUntil = new Date(at.getTime() + 10_000).toISOString()
        return {
          done: 1,
          refused: 1,
          items,
          bulk: body.dryRun ? null : { id: bulkId, at: at.toISOString(), undoUntil },
        }
      })
      .on(undoBulk, () => ({ done: 1, refused: 0, items: [toItem(rows[0]!)] }))
    const { user } = renderApp('/queue')
    await user.click(await tick(rows[0]!))
    await user.click(await tick(rows[1]!))
    await user.click(await screen.findByRole('button', { name: 'Decide together…' }))

    const panel = await screen.findByRole('complementary', { name: 'Decide together' })
    expect(within(panel).queryByRole('radio', { name: 'Block' })).toBeNull()
    expect(within(panel).getByRole('button', { name: 'Preview 2 effects' })).toBeDisabled()
    await user.click(within(panel).getAllByLabelText('Policy')[0]!)
    expect(screen.queryByRole('option', { name: /Credible threat/ })).toBeNull()
    await user.click(await screen.findByRole('option', { name: '4.1 Incitement' }))
    const weighed = within(panel).queryByRole('checkbox', { name: /weighed/ })
    if (weighed) await user.click(weighed)
    await user.click(within(panel).getByRole('button', { name: 'Preview 2 effects' }))

    expect(await within(panel).findByText('1 will be decided')).toBeVisible()
    expect(within(panel).getByText('Held by Ana Ribeiro')).toBeVisible()
    expect(within(panel).getByText(rows[1]!.reference)).toBeVisible()
    await user.click(within(panel).getByRole('button', { name: 'Decide 1' }))

    expect(await screen.findByText('1 decided')).toBeVisible()
    expect(screen.getByText('1 refused')).toBeVisible()
    const [look, run] = api.sent(runBulk) as { dryRun: boolean; choice: object; act: object; clientId: string }[]
    expect(look).toMatchObject({
      dryRun: true,
      act: { kind: 'decide', measures: [{ target: 'post', kind: 'remove' }] },
    })
    expect(run).toMatchObject({ dryRun: false, act: look!.act })
    expect(run!.choice).toEqual({ items: rows.map(({ id, version }) => ({ reviewId: id, version })) })

    await user.keyboard('u')
    expect(await screen.findByText('1 taken back')).toBeVisible()
    expect(api.calls(undoBulk)).toMatchObject([{ params: { bulkId } }])
  })

  it('keeps what was filled in when it fails, and sends the same act again', async () => {
    const row = buildReviewRow()
    let isDown = true
    const api = serverWith([row]).on(runBulk, ({ body }) => {
      if (!body.dryRun && isDown) throw new TypeError('No network.')
      return { done: 1, refused: 0, items: [toItem(row)], bulk: null }
    })
    const { user } = renderApp('/queue')
    await user.click(await tick(row))
    await user.click(await screen.findByRole('button', { name: 'Escalate…' }))
    await user.click(await screen.findByRole('radio', { name: /supervisor/i }))
    await user.type(screen.getByRole('textbox', { name: 'What should they decide' }), 'Two readings.')
    await user.click(screen.getByRole('button', { name: 'Preview 1 effects' }))
    await user.click(await screen.findByRole('button', { name: 'Escalate 1' }))
    expect(await screen.findByText(/^It was not done/)).toBeVisible()
    isDown = false
    await user.click(screen.getByRole('button', { name: 'Escalate 1' }))
    expect(await screen.findByText('1 escalated')).toBeVisible()
    const sent = (api.sent(runBulk) as { clientId: string; dryRun: boolean }[]).filter(({ dryRun }) => !dryRun)
    expect(new Set(sent.map(({ clientId }) => clientId)).size).toBe(1)
  })
})
