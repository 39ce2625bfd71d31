import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import { listReasons } from '#shared/contract/reasons.ts'
import {
  claimReview,
  countReviews,
  getReview,
  listReviews,
  type ReviewDetail,
  releaseReview,
  takeNext,
} from '#shared/contract/reviews.ts'
import {
  answerThreat,
  listThreats,
  raiseThreat,
  restrictMedia,
  restrictReview,
  type ThreatReport,
} from '#shared/contract/safety.ts'
import { listPeople, type Session } from '#shared/contract/team.ts'
import {
  buildLease,
  buildPage,
  buildPerson,
  buildPolicy,
  buildQueue,
  buildReviewDetail,
  buildReviewRow,
  buildSnapshotMedia,
} from '#test/support/build.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

const at = '2026-07-01T10:00:00.000Z'
const line = 'Says he will shoot at the school on Monday'

function serverWith(reviews: ReviewDetail[], session: Session = buildSession()) {
  const byId = new Map(reviews.map((detail) => [detail.review.id as string, detail]))
  const lease = buildLease({ expiresAt: new Date(Date.now() + 300_000).toISOString() })
  return fakeApi()
    .on(listReasons, () => ({ items: [] }))
    .as(session)
    .on(getReview, ({ params }) => byId.get(params.reviewId) ?? { refuse: 'not_found' })
    .on(claimReview, () => ({ lease, version: 7 }))
    .on(releaseReview, () => ({ version: 8 }))
    .on(takeNext, () => ({
      items: reviews.slice(1).map(({ review }) => ({ reviewId: review.id, lease, version: 1 })),
    }))
    .on(listPolicies, () => ({ items: [buildPolicy()] }))
    .on(listPeople, () => ({ items: [buildPerson({ id: 'person-ana', name: 'Ana Ribeiro' })] }))
    .on(listQueues, () => ({ items: [buildQueue()], languages: [], platforms: [] }))
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

function buildThreat({ review }: ReviewDetail, overrides: Partial<ThreatReport> = {}): ThreatReport {
  return {
    id: crypto.randomUUID(),
    isHidden: false,
    reviewId: review.id,
    reference: review.reference,
    line,
    queueId: 'extremism',
    raisedById: 'person-ana',
    raisedAt: at,
    told: null,
    toldAt: null,
    closedById: null,
    closedAt: null,
    ...overrides,
  }
}

describe('a threat to life on the desk', () => {
  it('is raised by one key and one line, once however often it is sent', async () => {
    const detail = buildReviewDetail()
    let fails = true
    const api = serverWith([detail]).on(raiseThreat, () => {
      if (fails) throw new TypeError('offline')
      return buildThreat(detail)
    })
    const { user } = renderApp(`/reviews/${detail.review.id}`)
    await screen.findByRole('region', { name: 'Decision' })
    await user.keyboard('d')
    const dialog = within(await screen.findByRole('dialog', { name: 'Threat to life' }))
    await user.type(await dialog.findByRole('textbox', { name: /Who is threatened/ }), `${line}{Enter}`)
    expect(await dialog.findByRole('alert')).toHaveTextContent('The line is still here.')
    fails = false
    await user.click(dialog.getByRole('button', { name: 'Raise it' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    const [first, second] = api.sent(raiseThreat) as { clientId: string; line: string }[]
    expect(second).toEqual(first)
    expect(first?.line).toBe(line)
  })

  it('stands there with who raised it, and who was told', async () => {
    const detail = buildReviewDetail({ review: buildReviewRow({ threatAt: at }) })
    serverWith([detail]).on(listThreats, () => ({
      items: [
        buildThreat(detail),
        buildThreat(detail, { told: 'Duty officer', toldAt: at, closedById: 'person-ana', closedAt: at }),
      ],
      count: 2,
    }))
    renderApp(`/reviews/${detail.review.id}`)
    const note = await screen.findByRole('region', { name: 'Threat to life' })
    expect(note).toHaveTextContent(/Raised by Ana Ribeiro.*shoot.*Nobody wrote down yet who was told/)
    expect(note).toHaveTextContent(/Told: Duty officer.*Written by Ana Ribeiro/)
    expect(within(note).queryByRole('button', { name: 'Write who was told' })).toBeNull()
  })
})

describe('what is marked restricted', () => {
  async function openMenu(detail: ReviewDetail) {
    const { user, router } = renderApp(`/reviews/${detail.review.id}`)
    await screen.findByRole('region', { name: 'Decision' })
    await user.click(screen.getByRole('button', { name: 'Safety' }))
    return { user, router }
  }

  it('is gone for whoever marked it: nothing is released, and the next review opens', async () => {
    const [first, second] = [buildReviewDetail(), buildReviewDetail()]
    const api = serverWith([first, second]).on(restrictReview, () => ({ isRestricted: true, isVisible: false }))
    const { user, router } = await openMenu(first)
    await user.click(await screen.findByRole('menuitem', { name: 'Mark this review restricted' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Mark this review restricted' }))
    expect(await dialog.findByText(/You will not see it any more/)).toBeInTheDocument()
    await user.click(dialog.getByRole('button', { name: 'Mark it' }))
    await waitFor(() => expect(router.state.location.pathname).toBe(`/reviews/${second.review.id}`))
    expect(api.sent(restrictReview)).toMatchObject([{ isRestricted: true }])
    expect(api.calls(releaseReview)).toEqual([])
  })

  it('is the file on the stage, and stays on the desk of those who may see it', async () => {
    const detail = buildReviewDetail()
    const media = [buildSnapshotMedia()]
    const shown = { ...detail, snapshot: { ...detail.snapshot, media } }
    const session = buildSession('supervisor')
    const api = serverWith([shown], { ...session, scope: { ...session.scope, seesRestricted: true } }).on(
      restrictMedia,
      () => ({ isRestricted: true, isVisible: true }),
    )
    const { user, router } = await openMenu(shown)
    await user.click(await screen.findByRole('menuitem', { name: 'Mark this file restricted' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Mark this file restricted' }))
    await user.click(await dialog.findByRole('button', { name: 'Mark it' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(api.calls(restrictMedia)).toMatchObject([{ params: { sha256: media[0]!.sha256 } }])
    expect(router.state.location.pathname).toBe(`/reviews/${detail.review.id}`)
  })

  it('is not offered to those who decide nothing', async () => {
    const detail = buildReviewDetail()
    serverWith([detail], buildSession('auditor'))
    renderApp(`/reviews/${detail.review.id}`)
    await screen.findByRole('heading', { name: new RegExp(detail.review.reference) })
    expect(screen.queryByRole('button', { name: 'Safety' })).toBeNull()
  })
})

describe('above the lists of those in charge', () => {
  const detail = buildReviewDetail()
  const strip = () => screen.findByRole('region', { name: 'Threats to life' })

  it('stands every threat until somebody wrote down who was told', async () => {
    let items = [buildThreat(detail)]
    const api = serverWith([detail], buildSession('supervisor'))
      .on(listThreats, () => ({ items, count: items.length }))
      .on(answerThreat, () => {
        const [threat] = items
        items = []
        return { ...threat!, told: 'Duty officer', toldAt: at, closedAt: at, closedById: 'person-dana' }
      })
    const { user } = renderApp('/policies/none')
    const told = await strip()
    await waitFor(() => expect(told).toHaveTextContent(/shoot.*Raised by Ana Ribeiro/))
    await user.click(screen.getByRole('button', { name: `Write who was told of ${detail.review.reference}` }))
    const dialog = within(await screen.findByRole('dialog', { name: new RegExp(detail.review.reference) }))
    await user.click(await dialog.findByRole('button', { name: 'Write it down' }))
    expect(dialog.getByRole('textbox', { name: 'Who was told' })).toHaveAccessibleDescription(/This is needed/)
    await user.type(dialog.getByRole('textbox', { name: 'Who was told' }), 'Duty officer')
    await user.click(dialog.getByRole('button', { name: 'Write it down' }))
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Threats to life' })).toBeNull())
    expect(api.sent(answerThreat)).toMatchObject([{ told: 'Duty officer', toldAt: expect.any(String) }])
  })

  it('says only that there is one where the review is restricted', async () => {
    const hidden = buildThreat(detail, { isHidden: true, reviewId: null, reference: null, line: null })
    serverWith([detail], buildSession('admin')).on(listThreats, () => ({ items: [hidden], count: 1 }))
    renderApp('/policies/none')
    expect(await strip()).toHaveTextContent('In a restricted review that you may not see.')
    expect(within(await strip()).queryByRole('button')).toBeNull()
  })

  it('counts those that there is no room for', async () => {
    const items = [1, 2, 3, 4, 5].map(() => buildThreat(detail))
    serverWith([detail], buildSession('supervisor')).on(listThreats, () => ({ items, count: 12 }))
    renderApp('/policies/none')
    expect(within(await strip()).getAllByRole('listitem')).toHaveLength(3)
    expect(await strip()).toHaveTextContent('and 9 more')
  })

  it('shows nothing to reviewers', async () => {
    const api = serverWith([detail])
    renderApp('/policies/none')
    await screen.findByRole('heading', { level: 1 })
    expect(api.calls(listThreats)).toEqual([])
  })
})
