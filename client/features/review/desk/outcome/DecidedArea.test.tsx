import { useQuery } from '@tanstack/react-query'
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { policiesQuery } from '#client/api/reference-data.ts'
import { type DecisionDelivery, type DecisionRecord, supersedeDecision } from '#shared/contract/decisions.ts'
import { listPolicies } from '#shared/contract/policies.ts'
import { getReview, type ReviewDetail } from '#shared/contract/reviews.ts'
import { listPeople } from '#shared/contract/team.ts'
import { buildDecision, buildPerson, buildPolicy, buildReviewDetail, buildReviewRow } from '#test/support/build.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { render } from '#test/support/render.tsx'
import { reviewQuery } from '../../review.queries.ts'
import { DecidedArea } from './DecidedArea.tsx'

const dana = buildSession('reviewer')
const policy = buildPolicy({ code: '2.3' })
const now = () => new Date().toISOString()

const buildDelivery = (overrides: Partial<DecisionDelivery> = {}): DecisionDelivery => ({
  id: crypto.randomUUID(),
  receiverName: 'VK',
  about: 'decision',
  state: 'delivered',
  attempts: 1,
  nextAt: null,
  changedAt: now(),
  lastError: null,
  answer: null,
  answerText: null,
  answeredAt: null,
  ...overrides,
})

function decidedReview(decisions: DecisionRecord[]): ReviewDetail {
  const review = buildReviewRow({ state: 'decided', outcome: 'violation' })
  return buildReviewDetail({ review, decisions, correctMs: 86_400_000 })
}

const byDana = (overrides: Partial<DecisionRecord> = {}) =>
  buildDecision({ decidedById: dana.person.id, decidedAt: now(), delivery: 'delivered', ...overrides })

function Area({ opened }: { opened: ReviewDetail }) {
  const { data: detail = opened } = useQuery(reviewQuery(opened.review.id))
  const { data: policies } = useQuery(policiesQuery)
  const props = { detail, decision: opened.decisions[0]!, suspected: [], onNext: null, notice: null, back: null }
  return policies ? <DecidedArea {...props} policies={policies} onPolicyText={() => {}} /> : null
}

async function open(detail: ReviewDetail, as: Parameters<typeof render>[1] = { as: dana }) {
  const api = fakeApi()
    .on(getReview, () => detail)
    .on(listPolicies, () => ({ items: [policy] }))
    .on(listPeople, () => ({ items: [buildPerson({ id: 'person-ana', name: 'Ana Ribeiro' })] }))
  const view = render(<Area opened={detail} />, as)
  return { api, ...view, record: await screen.findByRole('region', { name: 'Decided' }) }
}

describe('a decided review', () => {
  it.each([
    [buildDelivery(), 'VK arrived, no answer yet'],
    [buildDelivery({ answer: 'done', answeredAt: now() }), 'VK done'],
    [buildDelivery({ answer: 'already_deleted', answeredAt: now() }), 'VK was deleted already'],
    [buildDelivery({ answer: 'refused', answerText: 'Not under our rules.' }), /VK refused .*Not under our rules\./],
    [
      buildDelivery({ state: 'failed', attempts: 15, lastError: 'The receiver answered 500.' }),
      'failed after 15 tries',
    ],
    [buildDelivery({ state: 'pending', attempts: 2, nextAt: now() }), 'did not arrive, next try'],
    [buildDelivery({ about: 'lapse', answer: 'done' }), 'VK · End of the measure done'],
  ])('says what became of it: %#', async (delivery, words) => {
    const { record } = await open(decidedReview([byDana({ deliveries: [delivery] })]))
    expect(within(record).getByRole('list', { name: 'Sent to' })).toHaveTextContent(words)
  })

  it('is refused as soon as one platform refuses', async () => {
    const deliveries = [buildDelivery({ answer: 'done' }), buildDelivery({ answer: 'refused' })]
    const { record } = await open(decidedReview([byDana({ deliveries })]))
    expect(record).toHaveTextContent(/^DecidedRefused/)
  })

  it('says when a measure ended, and why', async () => {
    const measures: DecisionRecord['measures'] = [
      { target: 'post', kind: 'remove', endedAs: 'superseded', endedAt: '2026-05-01T10:00:00.000Z' },
      { target: 'account', kind: 'block', endedAs: 'lapsed', endedAt: '2026-05-02T10:00:00.000Z' },
    ]
    const { record } = await open(decidedReview([byDana({ measures })]))
    expect(record).toHaveTextContent(/Removed? held until 1 May/)
    expect(record).toHaveTextContent(/Block\w* ended 2 May/)
  })

  it('shows what it stands in place of', async () => {
    const old = buildDecision({ decidedById: 'person-ana', rationale: 'Took it for praise.', delivery: 'cancelled' })
    const { record, user } = await open(decidedReview([byDana({ supersedesId: old.id }), old]))
    await user.click(within(record).getByText('Replaces 1 decision'))
    expect(record).toHaveTextContent('Took it for praise.')
    expect(record).toHaveTextContent('Ana Ribeiro')
  })

  it('offers its correction to whom it belongs, for as long as it may be corrected', async () => {
    await open(decidedReview([byDana({ decidedAt: new Date(Date.now() - 2 * 86_400_000).toISOString() })]))
    expect(screen.queryByRole('button', { name: 'Correct' })).not.toBeInTheDocument()
  })

  it('offers no correction of what somebody else decided', async () => {
    await open(decidedReview([byDana({ decidedById: 'person-ana' })]))
    expect(screen.queryByRole('button', { name: 'Correct' })).not.toBeInTheDocument()
  })

  it('offers it to supervisors whoever decided', async () => {
    const { user } = await open(decidedReview([byDana({ decidedAt: '2026-01-01T00:00:00.000Z' })]), {
      as: 'supervisor',
    })
    await user.click(screen.getByRole('button', { name: 'Correct' }))
    expect(screen.getByRole('region', { name: 'Correction' })).toBeInTheDocument()
  })
})

describe('the correction', () => {
  const decided = () =>
    byDana({ clause: { id: policy.id, version: 1 }, measures: [{ target: 'account', kind: 'block' }] })

  async function correct(detail: ReviewDetail) {
    const view = await open(detail)
    await view.user.click(screen.getByRole('button', { name: 'Correct' }))
    return { ...view, form: screen.getByRole('region', { name: 'Correction' }) }
  }

  it('begins with what was decided and asks why it is changed', async () => {
    const { form } = await correct(decidedReview([decided()]))
    expect(screen.getByRole('radio', { name: /Block/ })).toBeChecked()
    expect(form).toHaveTextContent('Write a rationale (F)')
    expect(screen.getByRole('button', { name: /^Correct/ })).toBeDisabled()
  })

  it('takes the place of the decision, which stays to be read', async () => {
    const detail = decidedReview([decided()])
    const [old] = detail.decisions
    const { api, user } = await correct(detail)
    api.on(supersedeDecision, ({ body }) => {
      const decision = byDana({ supersedesId: old!.id, rationale: body.rationale, measures: [], delivery: 'pending' })
      detail.decisions = [decision, { ...old!, supersededById: decision.id }]
      return { decision, version: 4 }
    })
    await user.click(screen.getByRole('radio', { name: /None/ }))
    await user.type(screen.getByRole('textbox', { name: 'Rationale' }), 'It quotes a court record.')
    await user.click(screen.getByRole('button', { name: /^Correct/ }))
    const record = await screen.findByRole('region', { name: 'Decided' })
    expect(record).toHaveTextContent('It quotes a court record.')
    expect(record).toHaveTextContent('Waiting to be sent')
    await waitFor(() => expect(record).toHaveTextContent('Replaces 1 decision'))
    expect(api.sent(supersedeDecision)).toMatchObject([{ measures: [], clause: old!.clause }])
  })

  it('keeps what was typed when it comes too late', async () => {
    const { api, user, form } = await correct(decidedReview([decided()]))
    api.on(supersedeDecision, () => ({ refuse: 'too_late' }))
    await user.type(screen.getByRole('textbox', { name: 'Rationale' }), 'It quotes a court record.')
    await user.click(screen.getByRole('button', { name: /^Correct/ }))
    expect(await within(form).findByText(/the time to correct your own decision is over/)).toBeInTheDocument()
    expect(within(form).getByRole('textbox', { name: 'Rationale' })).toHaveValue('It quotes a court record.')
  })

  it('can be left', async () => {
    const { user } = await correct(decidedReview([decided()]))
    await user.click(screen.getByRole('button', { name: 'Leave as it is' }))
    expect(screen.getByRole('region', { name: 'Decided' })).toBeInTheDocument()
  })
})
