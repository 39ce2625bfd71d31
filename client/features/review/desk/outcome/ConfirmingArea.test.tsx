import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import {
  confirmProposal,
  type Proposal,
  proposeDecision,
  refuseProposal,
  withdrawProposal,
} from '#shared/contract/confirming.ts'
import { decideReview } from '#shared/contract/decisions.ts'
import { listTemplates } from '#shared/contract/messages.ts'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import {
  claimReview,
  countReviews,
  getReview,
  listReviews,
  type ReviewDetail,
  releaseReview,
  takeNext,
} from '#shared/contract/reviews.ts'
import { listPeople } from '#shared/contract/team.ts'
import { ReviewState } from '#shared/domain/words.ts'
import {
  buildDecision,
  buildExemption,
  buildLease,
  buildPage,
  buildPolicy,
  buildPolicyVersion,
  buildReviewDetail,
  buildReviewRow,
} from '#test/support/build.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

const praise = buildPolicy({ code: '2.3', shortName: 'Praise', needsPurposeTest: false })
const me = buildSession('reviewer').person.id

function buildProposal(detail: ReviewDetail, overrides: Partial<Proposal> = {}): Proposal {
  const { clause, rationale } = buildDecision({
    clause: { id: praise.id, version: 1 },
    rationale: 'The third account.',
  })
  return {
    id: crypto.randomUUID(),
    reviewId: detail.review.id,
    snapshotId: detail.snapshot.id,
    version: detail.review.version,
    outcome: 'violation',
    clause,
    furtherClauses: [],
    exemption: null,
    purposeWeighed: true,
    measures: [{ target: 'account', kind: 'terminate' }],
    territory: [],
    rationale,
    proposedById: 'person-ana',
    proposedAt: new Date(Date.now() - 60_000).toISOString(),
    end: null,
    ...overrides,
  }
}

/** Opens the desk of a review that waits for a second person. */
async function openWaiting(overrides: Partial<Proposal> = {}, as: 'reviewer' | 'auditor' = 'reviewer') {
  const open = buildReviewDetail()
  const review = buildReviewRow({ ...open.review, state: 'confirming', holderId: null })
  let detail: ReviewDetail = { ...open, review, proposals: [buildProposal({ ...open, review }, overrides)] }
  const server = serverWith(() => detail)
    .as(as)
    .on(claimReview, () => ({ refuse: 'being_confirmed' }))
  const view = renderApp(`/reviews/${review.id}`)
  const area = await screen.findByRole('region', { name: 'Waits for a second person' })
  const change = (next: Partial<ReviewDetail>) => {
    detail = { ...detail, ...next }
  }
  return { ...view, server, area, detail, change, proposal: detail.proposals![0]! }
}

function serverWith(detail: () => ReviewDetail) {
  const lease = () => buildLease({ expiresAt: new Date(Date.now() + 300_000).toISOString() })
  return fakeApi()
    .on(getReview, detail)
    .on(claimReview, () => ({ lease: lease(), version: 3 }))
    .on(releaseReview, () => ({ version: 4 }))
    .on(takeNext, () => ({ items: [] }))
    .on(listPolicies, () => ({ items: [praise, buildExemption()] }))
    .on(listReviews, () => buildPage([]))
    .on(listTemplates, () => ({ items: [] }))
    .on(listQueues, () => ({ items: [], languages: [], platforms: [] }))
    .on(countReviews, () => ({
      byState: Object.fromEntries(ReviewState.options.map((state) => [state, { value: 0, exact: true }])) as never,
      mine: 0,
      byQueue: [],
    }))
    .on(listPeople, () => ({
      items: [{ id: 'person-ana', name: 'Ana Ribeiro', role: 'reviewer' as const, isActive: true }] as never,
    }))
}

describe('a proposal', () => {
  it('stands as a whole beside the content, and is confirmed by one key on what was seen', async () => {
    const { user, server, area, proposal, detail } = await openWaiting()
    await waitFor(() => expect(area).toHaveTextContent('Ana Ribeiro proposed this'))
    expect(area).toHaveTextContent('The third account.')
    expect(area).toHaveTextContent('Terminated')
    server.on(confirmProposal, () => ({ decision: buildDecision({ reviewId: detail.review.id }), version: 9 }))

    await user.keyboard('j')

    await waitFor(() =>
      expect(server.calls(confirmProposal)).toMatchObject([
        {
          params: { proposalId: proposal.id },
          body: { version: detail.review.version, snapshotId: detail.snapshot.id },
        },
      ]),
    )
  })

  it('is refused with a reason alone', async () => {
    const { user, server, area } = await openWaiting()
    server.on(refuseProposal, () => ({ version: 9 }))
    await user.keyboard('{Shift>}j{/Shift}')
    const reason = await within(area).findByRole('textbox', { name: 'Why it is refused' })
    expect(reason).toHaveFocus()
    await user.click(within(area).getByRole('button', { name: /Refuse/ }))
    expect(area).toHaveTextContent('Write why it is refused.')
    await user.type(reason, 'One post is not three.{Control>}{Enter}{/Control}')
    await waitFor(() => expect(server.sent(refuseProposal)).toMatchObject([{ reason: 'One post is not three.' }]))
  })

  it('is not confirmed by whoever proposed it, who may take it back', async () => {
    const { user, server, area, proposal } = await openWaiting({ proposedById: me })
    server.on(withdrawProposal, () => ({ version: 9 }))
    expect(within(area).queryByRole('button', { name: /Confirm/ })).not.toBeInTheDocument()
    await user.keyboard('j')
    await user.click(within(area).getByRole('button', { name: 'Withdraw' }))
    await waitFor(() => expect(server.calls(withdrawProposal)).toMatchObject([{ params: { proposalId: proposal.id } }]))
    expect(server.calls(confirmProposal)).toEqual([])
  })

  it('is only read by an auditor', async () => {
    const { area } = await openWaiting({}, 'auditor')
    expect(within(area).queryByRole('button', { name: /Confirm|Refuse|Withdraw/ })).not.toBeInTheDocument()
  })

  it('cannot be confirmed once the review changed, and says what happened when somebody was first', async () => {
    const stale = await openWaiting({ version: 0 })
    expect(within(stale.area).getByRole('button', { name: /Confirm/ })).toBeDisabled()
    expect(stale.area).toHaveTextContent('changed since')
    stale.unmount()
    const { user, server, area } = await openWaiting()
    const conflict = {
      byId: 'person-ben',
      byName: 'Ben',
      at: new Date().toISOString(),
      heldUntil: null,
      decision: null,
    }
    server.on(confirmProposal, () => ({ refuse: 'proposal_ended', conflict }))
    await user.click(within(area).getByRole('button', { name: /Confirm/ }))
    expect(await within(area).findByRole('alert')).toHaveTextContent('Ben ended this first')
  })

  it('that was refused is told on the open review, which is claimed', async () => {
    const { server, change, detail, proposal, queryClient } = await openWaiting()
    server.on(claimReview, () => ({ lease: buildLease(), version: 10 }))
    const end = {
      kind: 'refused' as const,
      byId: 'person-ana',
      at: new Date().toISOString(),
      reason: 'Too much.',
      decisionId: null,
    }
    change({
      review: { ...detail.review, state: 'open', version: 9 },
      proposals: [{ ...proposal, end }],
      turn: { hold: null, escalation: null, handover: null, assigneeId: null, skipCount: 0 },
    })
    await queryClient.invalidateQueries()
    const strip = await screen.findByRole('region', { name: 'How it got here' })
    expect(strip).toHaveTextContent('Proposal refused')
    expect(strip).toHaveTextContent('Too much.')
    expect(strip).toHaveTextContent('Terminate the account: The third account.')
    await waitFor(() => expect(server.calls(claimReview).length).toBe(2))
  })
})

describe('deciding', () => {
  async function openForm(detail: ReviewDetail, policy = praise) {
    const server = serverWith(() => detail).on(listPolicies, () => ({ items: [policy, buildExemption()] }))
    const view = renderApp(`/reviews/${detail.review.id}`)
    const form = await screen.findByRole('region', { name: 'Decision' })
    await screen.findByRole('radio', { name: /Praise/ })
    return { ...view, server, form }
  }
  const withStrikes = (total: number) => {
    const detail = buildReviewDetail()
    return { ...detail, account: { ...detail.account, strikes: { total, newest: [] } } }
  }
  const heavy = { ...praise, current: buildPolicyVersion({ strikeWeight: 2 }) }

  it('proposes what is severe, and shows that it waits', async () => {
    const detail = buildReviewDetail()
    const { user, server, form } = await openForm(detail)
    const proposal = buildProposal(detail, { version: 8, proposedById: me })
    server
      .on(decideReview, () => ({ refuse: 'needs_second_person' }))
      .on(proposeDecision, () => ({ proposal, version: 8 }))
    await user.keyboard('1r{Shift>}w{/Shift}f')
    await user.keyboard('The third account.{Escape}')
    expect(form).toHaveTextContent('Account: Terminate')
    expect(form).toHaveTextContent('waits for a second person')
    await user.keyboard('{Shift>}{Enter}{/Shift}')
    expect(await screen.findByRole('region', { name: 'Waits for a second person' })).toHaveTextContent(
      'You proposed this',
    )
    const [tried] = server.sent(decideReview) as { clientId: string }[]
    expect(server.sent(proposeDecision)).toMatchObject([
      { clientId: tried!.clientId, measures: [{ kind: 'remove' }, { kind: 'terminate' }] },
    ])
  })

  it('says what the strikes lead to, chooses nothing, and wants a reason for another measure', async () => {
    const { user, form, server } = await openForm(withStrikes(2), heavy)
    server.on(decideReview, () => ({ decision: buildDecision(), version: 8 }))
    await user.keyboard('1r')
    expect(form).toHaveTextContent('Strikes lead to: limit for 7 days')
    expect(form).toHaveTextContent('2 + 2 for 2.3 = 4')
    expect(screen.getByRole('radio', { name: /None/ })).toBeChecked()
    expect(form).toHaveTextContent('Say why another measure')
    expect(screen.getByRole('button', { name: /Submit/ })).toBeDisabled()
    await user.keyboard('{Enter}')
    expect(screen.getByRole('textbox', { name: 'Why another measure' })).toHaveFocus()
    await user.keyboard('A first, mild one.{Escape}{Enter}')
    await waitFor(() => expect(server.sent(decideReview)).toMatchObject([{ ladderReason: 'A first, mild one.' }]))
  })

  it('takes the ladder’s measure by one key', async () => {
    const { user, form } = await openForm(withStrikes(2), heavy)
    await user.keyboard('1r{Shift>}l{/Shift}')
    expect(screen.getByRole('radio', { name: /Limit/ })).toBeChecked()
    expect(form).toHaveTextContent('Write a rationale (F)')
    expect(screen.queryByRole('textbox', { name: 'Why another measure' })).not.toBeInTheDocument()
  })

  it('asks the exemption test first where the clause wants it, by digits, and offers what the clause knows', async () => {
    const asking = {
      ...praise,
      needsPurposeTest: true,
      current: buildPolicyVersion({ requiredFields: ['exemption_test'], exemptions: [] }),
    }
    const { user, form, server } = await openForm(buildReviewDetail(), asking)
    server.on(decideReview, () => ({ decision: buildDecision(), version: 8 }))
    await user.keyboard('1r')
    expect(form).toHaveTextContent('Answer the exemption test (X)')
    await user.keyboard('x')
    await screen.findByRole('form', { name: 'Exemption test' })
    await user.keyboard('1')
    await user.keyboard('1')
    await user.keyboard('1')
    await waitFor(() => expect(screen.getByRole('textbox', { name: /What shows it/ })).toHaveFocus())
    await user.keyboard('{Enter}')
    const none = await screen.findByRole('menuitemradio', { name: 'No exemption' })
    expect(within(none.parentElement!).getAllByRole('menuitemradio')).toHaveLength(1)
    await user.keyboard('1')
    expect(form).toHaveTextContent('news outlet, to report, not endorsed')
    await user.keyboard('{Enter}')
    await waitFor(() =>
      expect(server.sent(decideReview)).toMatchObject([
        { exemptionTest: { publisher: 'media', purpose: 'inform', endorsed: 'no' }, purposeWeighed: true },
      ]),
    )
  })
})
