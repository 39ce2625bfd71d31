import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { decideReview } from '#shared/contract/decisions.ts'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import {
  claimReview,
  countReviews,
  getReview,
  listReviews,
  type ReviewDetail,
  releaseReview,
  renewLeases,
  takeNext,
} from '#shared/contract/reviews.ts'
import { listPeople } from '#shared/contract/team.ts'
import {
  buildAccountStanding,
  buildDecision,
  buildExemption,
  buildLease,
  buildPage,
  buildPerson,
  buildPolicy,
  buildQueue,
  buildReviewDetail,
  buildReviewRow,
} from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

const lease = (seconds = 300) => buildLease({ expiresAt: new Date(Date.now() + seconds * 1_000).toISOString() })
const ana = buildPerson({ id: 'person-ana', name: 'Ana Ribeiro' })

/** A server with these reviews; the first is on the desk, `next` hands out the others. */
function serverWith(...reviews: ReviewDetail[]) {
  const waiting = reviews.slice(1)
  const byId = new Map(reviews.map((detail) => [detail.review.id as string, detail]))
  return fakeApi()
    .on(getReview, ({ params }) => byId.get(params.reviewId) ?? { refuse: 'not_found' })
    .on(claimReview, () => ({ lease: lease(), version: 7 }))
    .on(releaseReview, () => ({ version: 8 }))
    .on(takeNext, ({ body }) => {
      const items = waiting
        .splice(0, body.count)
        .map((detail) => ({ reviewId: detail.review.id, lease: lease(), version: 1, detail }))
      return { items }
    })
    .on(decideReview, ({ params }) => ({ decision: buildDecision({ reviewId: params.reviewId }), version: 8 }))
    .on(listPolicies, () => ({
      items: [
        buildPolicy(),
        buildPolicy({
          id: 'spam',
          code: '9.1',
          shortName: 'Spam',
          section: { code: '9', name: 'Spam' },
          needsPurposeTest: false,
        }),
        buildExemption(),
      ],
    }))
    .on(listPeople, () => ({ items: [ana] }))
    .on(listQueues, () => ({ items: [buildQueue()], languages: ['ru'], platforms: ['vk'] }))
    .on(listReviews, () => buildPage([]))
    .on(countReviews, () => ({
      byState: {
        open: { value: 0, exact: true },
        on_hold: { value: 0, exact: true },
        escalated: { value: 0, exact: true },
        confirming: { value: 0, exact: true },
        decided: { value: 0, exact: true },
      },
      mine: 0,
      byQueue: [],
    }))
}

const deskOf = (detail: ReviewDetail, list = '') => renderApp(`/reviews/${detail.review.id}${list}`)
const decision = () => screen.findByRole('region', { name: 'Decision' })

describe('the desk', () => {
  it('shows post, reason, person and decision, and claims the review', async () => {
    const review = buildReviewRow({ captionExcerpt: 'Три снимка', handle: 'artyom_2' })
    const account = buildAccountStanding({
      handle: 'artyom_2',
      status: 'blocked',
      statusSince: '2026-06-13T10:00:00Z',
      statusCause: 'Praise of an attack',
      decisions: [buildDecision()],
    })
    const server = serverWith(buildReviewDetail({ review, account }))
    renderApp(`/reviews/${review.id}`)

    expect(await screen.findByText('Три снимка')).toHaveAttribute('lang', 'ru')
    expect(screen.getByRole('region', { name: 'Why flagged' })).toHaveTextContent('User report')
    const standing = screen.getByRole('region', { name: 'Account' })
    expect(standing).toHaveTextContent('Blocked since 13 Jun 2026: Praise of an attack')
    expect(within(standing).getByText('Removed')).toBeVisible()
    expect(await screen.findByRole('timer', { name: 'Time left of your claim' })).toBeVisible()
    expect(server.sent(claimReview)).toHaveLength(1)
    expect(document.title).toBe(`${review.reference} · Docket`)
  })

  it('is decided by keyboard alone, and the next review of the list opens', async () => {
    const [first, second] = [buildReviewDetail(), buildReviewDetail()]
    const server = serverWith(first, second)
    const { user, router } = deskOf(first, '?queue=extremism&sort=due')
    await decision()
    await screen.findByRole('radio', { name: /Glorification/ })

    await user.keyboard('1r{Enter}')
    await screen.findByRole('menu')
    await user.keyboard('1{Enter}')

    await screen.findByRole('heading', { name: new RegExp(second.review.reference) })
    expect(router.state.location.pathname).toBe(`/reviews/${second.review.id}`)
    expect(server.sent(decideReview)).toMatchObject([
      {
        version: 7,
        snapshotId: first.snapshot.id,
        outcome: 'violation',
        clause: { id: 'tve.glorification', version: 1 },
        purposeWeighed: true,
        measures: [{ target: 'post', kind: 'remove' }],
      },
    ])
    expect(server.sent(takeNext)).toMatchObject([
      { filter: { queue: ['extremism'] }, sort: 'due', except: [first.review.id], count: 3, details: true },
    ])
    expect(server.calls(getReview)).toHaveLength(1)
    expect(server.calls(claimReview)).toHaveLength(1)
    expect(server.calls(releaseReview)).toEqual([])
  })

  it('says what was done when nothing is left in the list', async () => {
    const only = buildReviewDetail()
    serverWith(only)
    const { user, router } = deskOf(only, '?queue=extremism')
    await decision()

    await user.keyboard('9{Enter}')

    expect(await screen.findByRole('heading', { name: 'Nothing is left to take in this list' })).toBeVisible()
    expect(router.state.location).toMatchObject({ pathname: '/reviews/next', search: { queue: 'extremism' } })
    expect(screen.getByText(/\d decided: /)).toBeVisible()
  })

  it('gives the review back when the reviewer leaves without deciding', async () => {
    const detail = buildReviewDetail()
    const server = serverWith(detail)
    const { user } = deskOf(detail)
    await screen.findByRole('timer', { name: 'Time left of your claim' })

    await user.click(screen.getAllByRole('link', { name: 'Back to the queue' })[0]!)

    await waitFor(() => expect(server.sent(releaseReview)).toHaveLength(1))
  })

  it('is read only while somebody else holds the review, and says until when', async () => {
    const detail = buildReviewDetail()
    serverWith(detail).on(claimReview, () => ({
      refuse: 'held_by_other',
      conflict: {
        byId: ana.id,
        byName: ana.name,
        at: '2026-07-03T10:20:00Z',
        heldUntil: '2026-07-03T10:25:00Z',
        decision: null,
      },
    }))
    deskOf(detail)

    const notice = await screen.findByRole('alert', { name: 'Ana Ribeiro holds this review' })
    expect(notice).toHaveTextContent(/Until \d\d:25/)
    expect(screen.queryByRole('region', { name: 'Decision' })).not.toBeInTheDocument()
  })

  it('says that the claim ran out, keeps the draft and claims again when asked', async () => {
    const detail = buildReviewDetail()
    const server = serverWith(detail).on(claimReview, () => ({ lease: lease(4), version: 7 }))
    const { user } = deskOf(detail)
    await decision()
    await user.keyboard('9')

    const lost = await screen.findByRole('alert', { name: /^Your claim ran out at/ }, { timeout: 15_000 })
    expect(lost).toHaveTextContent('Your draft is kept.')
    expect(screen.getByText('Lease lost')).toBeVisible()
    server.on(claimReview, () => ({ lease: lease(), version: 9 }))
    await user.keyboard('{Enter}')

    expect(await screen.findByRole('radio', { name: /No violation/ })).toBeChecked()
  })

  it('renews the claim while it is used, once a minute at most', async () => {
    const detail = buildReviewDetail()
    const server = serverWith(detail).on(renewLeases, ({ body }) => ({
      items: body.reviewIds.map((reviewId) => ({ reviewId, lease: lease(600), refusal: null })),
    }))
    const { user } = deskOf(detail)
    await decision()
    await user.keyboard('9')
    expect(server.calls(renewLeases)).toEqual([])

    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 })
    await user.keyboard('kk')
    vi.useRealTimers()

    await waitFor(() => expect(server.calls(renewLeases)).toHaveLength(1))
  })

  it('shows what was decided when the review is no longer open', async () => {
    const decided = buildDecision({ decidedById: ana.id, rationale: 'Praise is explicit.' })
    const detail = buildReviewDetail({ review: buildReviewRow({ state: 'decided' }), decisions: [decided] })
    serverWith(detail).on(claimReview, () => ({ refuse: 'already_decided' }))
    deskOf(detail)

    const record = await screen.findByRole('region', { name: 'Decided' })
    await waitFor(() => expect(record).toHaveTextContent('Ana Ribeiro'))
    expect(record).toHaveTextContent('Praise is explicit.')
    expect(record).toHaveTextContent('Recorded, not sent')
  })

  it('is for reading only to an auditor', async () => {
    const detail = buildReviewDetail()
    const server = serverWith(detail).as('auditor')
    deskOf(detail)

    expect(await screen.findByRole('region', { name: 'Decision' })).toHaveTextContent('Not decided yet')
    expect(server.calls(claimReview)).toEqual([])
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument()
  })

  it('says that a review is not there, and leads back', async () => {
    serverWith().on(claimReview, () => ({ refuse: 'not_found' }))
    renderApp(`/reviews/${crypto.randomUUID()}`)

    expect(await screen.findByRole('heading', { name: 'There is no such review' })).toBeVisible()
    expect(screen.getByRole('link', { name: 'Back to the queue' })).toBeVisible()
  })

  it('opens the review in hand for `next`', async () => {
    const mine = buildReviewDetail()
    serverWith(mine).on(listReviews, () => buildPage([mine.review]))
    const { router } = renderApp('/reviews/next')

    await screen.findByRole('heading', { name: new RegExp(mine.review.reference) })
    expect(router.state.location.pathname).toBe(`/reviews/${mine.review.id}`)
  })
})
