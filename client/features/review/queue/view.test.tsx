import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { getAccount } from '#shared/contract/accounts.ts'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import { claimReview, countReviews, getReview, listReviews, type ReviewRow } from '#shared/contract/reviews.ts'
import { listPeople } from '#shared/contract/team.ts'
import {
  buildFlagGroup,
  buildPage,
  buildPerson,
  buildPolicy,
  buildQueue,
  buildReviewDetail,
  buildReviewRow,
  buildSnapshot,
} from '#test/support/build.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

const none = { value: 0, exact: true }

/** Of the first of these rows more can be read: `detail`. */
function serverWith(rows: ReviewRow[], detail?: Parameters<typeof buildReviewDetail>[0]) {
  return fakeApi()
    .on(getReview, ({ params }) => {
      const review = rows.find(({ id }) => id === params.reviewId)
      return review ? buildReviewDetail({ review, ...detail }) : { refuse: 'not_found' }
    })
    .on(claimReview, () => ({ refuse: 'not_found' }))
    .as(buildSession('reviewer', { id: crypto.randomUUID() }))
    .on(listReviews, () => buildPage(rows))
    .on(countReviews, () => ({
      byState: { open: none, on_hold: none, escalated: none, confirming: none, decided: none },
      mine: 0,
      byQueue: [],
    }))
    .on(getAccount, () => ({ refuse: 'not_found' }))
    .on(listPolicies, () => ({ items: [buildPolicy()] }))
    .on(listPeople, () => ({ items: [buildPerson({ id: 'person-ana', name: 'Ana Ribeiro' })] }))
    .on(listQueues, () => ({ items: [buildQueue()], languages: [], platforms: [] }))
}

const heads = async () => {
  const table = await screen.findByRole('table', { name: /Reviews/ })
  return (
    within(table)
      .getAllByRole('columnheader')
      .map((head) => head.textContent)
      // The box that ticks all has no word.
      .filter((text) => text !== '')
  )
}
const plain = ['Preview', 'Caption', 'Account', 'Suspected', 'Priority', 'Due', 'State']

describe('columns and density', () => {
  it('shows a further column, and the place where somebody puts it', async () => {
    serverWith([buildReviewRow({ claimedPlace: 'Mosul' })])
    const { user } = renderApp('/queue')
    expect(await heads()).toEqual(plain)

    await user.click(screen.getByRole('button', { name: 'Columns and density' }))
    await user.click(await screen.findByRole('checkbox', { name: 'Claimed place' }))
    expect(await screen.findByText('Mosul')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Move Claimed place up' }))

    await waitFor(async () => expect(await heads()).toEqual([...plain.slice(0, 6), 'Claimed place', 'State']))
  })

  it('moves a column by keyboard and keeps the hand on it', async () => {
    serverWith([buildReviewRow()])
    const { user } = renderApp('/queue')
    await heads()

    await user.click(screen.getByRole('button', { name: 'Columns and density' }))
    const box = await screen.findByRole('checkbox', { name: 'State' })
    box.focus()
    await user.keyboard('{Alt>}{ArrowUp}{ArrowUp}{/Alt}')

    expect(await heads()).toEqual(['Preview', 'Caption', 'Account', 'Suspected', 'State', 'Priority', 'Due'])
    expect(screen.getByRole('checkbox', { name: 'State' })).toHaveFocus()
  })

  it('never hides the caption, and goes back to what it was', async () => {
    serverWith([buildReviewRow()])
    const { user } = renderApp('/queue')
    await heads()

    await user.click(screen.getByRole('button', { name: 'Columns and density' }))
    expect(await screen.findByRole('checkbox', { name: 'Caption' })).toBeDisabled()
    await user.click(screen.getByRole('checkbox', { name: 'Preview' }))
    await user.click(screen.getByText('Compact'))
    await waitFor(async () => expect(await heads()).toEqual(plain.slice(1)))
    expect(screen.getByRole('table', { name: /Reviews/ })).toHaveAttribute('data-density', 'compact')

    await user.click(screen.getByRole('button', { name: 'As it was at first' }))
    await waitFor(async () => expect(await heads()).toEqual(plain))
    expect(screen.getByRole('table', { name: /Reviews/ })).toHaveAttribute('data-density', 'comfortable')
  })

  it('keeps the list as each person likes it, and shows nobody that of another', async () => {
    const dana = buildSession('reviewer', { id: crypto.randomUUID() })
    const api = serverWith([buildReviewRow()]).as(dana)
    const { user, unmount } = renderApp('/queue')
    await heads()
    await user.click(screen.getByRole('button', { name: 'Columns and density' }))
    await user.click(await screen.findByRole('checkbox', { name: 'Due' }))
    await waitFor(async () => expect(await heads()).not.toContain('Due'))
    unmount()

    api.as(buildSession('reviewer', { id: 'person-marta', name: 'Marta Lind' }))
    const other = renderApp('/queue')
    expect(await heads()).toEqual(plain)
    other.unmount()

    api.as(dana)
    renderApp('/queue')
    expect(await heads()).not.toContain('Due')
  })
})

describe('the panel beside the list', () => {
  beforeEach(() => {
    const isWide = (query: string) => /min-width: (\d+)px/.exec(query)?.[1] !== undefined && !query.includes('1600')
    vi.spyOn(window, 'matchMedia').mockImplementation(
      (query) =>
        ({ matches: isWide(query), media: query, addEventListener: () => {}, removeEventListener: () => {} }) as never,
    )
  })

  afterEach(() => vi.restoreAllMocks())

  it('tells more of the row under the cursor without claiming it', async () => {
    const row = buildReviewRow({ priority: 77, priorityTerms: [{ code: 'news', detail: '', value: -18 }] })
    const snapshot = buildSnapshot({ caption: 'All of the caption' })
    const flags = [buildFlagGroup({ kind: 'hash_match', count: 3, text: 'Same picture as before' })]
    const api = serverWith([row, buildReviewRow()], { snapshot, flags })
    const { user } = renderApp('/queue')

    const peek = await screen.findByRole('complementary', { name: `Preview of ${row.reference}` })
    expect(await within(peek).findByText('Same picture as before')).toBeVisible()
    expect(within(peek).getByText('Hash match')).toBeVisible()
    expect(within(peek).getByText('−18')).toBeInTheDocument()
    expect(within(peek).getByText('All of the caption')).toBeVisible()
    expect(within(peek).getByRole('button', { name: /Claim and open/ })).toBeVisible()
    expect(api.calls(claimReview)).toHaveLength(0)

    await user.keyboard(' ')
    await waitFor(() => expect(screen.queryByRole('complementary')).not.toBeInTheDocument())
    await user.keyboard(' ')
    expect(await screen.findByRole('complementary')).toBeVisible()
  })

  it('asks for nothing while the cursor is on its way', async () => {
    const rows = Array.from({ length: 8 }, () => buildReviewRow())
    const api = serverWith(rows)
    const { user } = renderApp('/queue')
    await screen.findByRole('complementary', { name: `Preview of ${rows[0]!.reference}` })
    await waitFor(() => expect(api.calls(getReview)).toHaveLength(1))

    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}')

    expect(await screen.findByRole('complementary', { name: `Preview of ${rows[5]!.reference}` })).toBeVisible()
    await waitFor(() => expect(api.calls(getReview)).toHaveLength(2))
    expect(api.calls(getReview).at(-1)?.params).toEqual({ reviewId: rows[5]!.id })
  })

  it('leads to the other reviews of the account', async () => {
    const row = buildReviewRow()
    const api = serverWith([row])
    const { user } = renderApp('/queue?language=ru')

    await user.click(await screen.findByRole('link', { name: 'Only this account' }))

    await waitFor(() =>
      expect(api.calls(listReviews).at(-1)?.query).toMatchObject({ account: row.accountId, language: ['ru'] }),
    )
  })
})

describe('what stands out', () => {
  it('marks what was searched for in captions and handles', async () => {
    serverWith([buildReviewRow({ captionExcerpt: 'Бумаги ТАГУТА мне не нужны', handle: 'tagut_watch' })])
    renderApp('/queue?q=тагут*')

    expect(await screen.findByText('ТАГУТА', { selector: 'mark' })).toBeVisible()
  })

  it('names threats and what is restricted on their rows', async () => {
    serverWith([buildReviewRow({ isRestricted: true, threatAt: '2026-11-22T10:00:00.000Z' })])
    renderApp('/queue')

    expect(await screen.findByText('Threat to life')).toBeVisible()
    expect(screen.getByText('Restricted')).toBeVisible()
  })
})
