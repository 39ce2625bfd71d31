import { useQuery } from '@tanstack/react-query'
import { act, screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { policiesQuery } from '#client/api/reference-data.ts'
import type { Conflict } from '#shared/contract/conflict.ts'
import { decideReview } from '#shared/contract/decisions.ts'
import { listPolicies } from '#shared/contract/policies.ts'
import { claimReview, getReview, type ReviewDetail, releaseReview, takeNext } from '#shared/contract/reviews.ts'
import { listPeople } from '#shared/contract/team.ts'
import {
  buildDecision,
  buildExemption,
  buildLease,
  buildPolicy,
  buildReviewDetail,
  buildSnapshot,
} from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { render } from '#test/support/render.tsx'
import { reviewQuery } from '../../review.queries.ts'
import { useLease } from '../use-lease.ts'
import { useNext } from '../use-next.ts'
import { DecisionArea } from './DecisionArea.tsx'

const lease = () => buildLease({ expiresAt: new Date(Date.now() + 300_000).toISOString() })

const spam = buildPolicy({
  id: 'spam',
  code: '9.1',
  shortName: 'Spam',
  section: { code: '9', name: 'Spam and scams' },
  needsPurposeTest: false,
})
const policies = [buildPolicy({ code: '2.3' }), spam, buildExemption()]

function serverWith(detail: ReviewDetail) {
  return fakeApi()
    .on(getReview, () => detail)
    .on(claimReview, () => ({ lease: lease(), version: 3 }))
    .on(releaseReview, () => ({ version: 4 }))
    .on(takeNext, () => ({ items: [] }))
    .on(decideReview, ({ body }) => ({ decision: buildDecision({ rationale: body.rationale }), version: 4 }))
    .on(listPolicies, () => ({ items: policies }))
    .on(listPeople, () => ({ items: [] }))
}

function Area({ opened }: { opened: ReviewDetail }) {
  const { data: detail = opened } = useQuery(reviewQuery(opened.review.id))
  const { data } = useQuery(policiesQuery)
  const [seen, setSeen] = useState(opened.snapshot)
  const lease = useLease(opened.review.id)
  const next = useNext({}, [opened.review.id])
  const props = { detail, seen, lease, next, suspected: ['tve.glorification'], onPolicyText: () => {}, back: null }
  return data ? <DecisionArea {...props} policies={data} onSeeAgain={() => setSeen(detail.snapshot)} /> : null
}

/** Strokes so fast that nothing is drawn between them. */
function strike(...codes: string[]) {
  for (const code of codes) {
    const target = document.activeElement ?? document.body
    target.dispatchEvent(new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true }))
  }
}

async function openForm(detail: ReviewDetail) {
  const view = render(<Area opened={detail} />)
  const form = await screen.findByRole('region', { name: 'Decision' })
  return { ...view, form }
}

const anaDecided: Conflict = {
  byId: 'person-ana',
  byName: 'Ana Ribeiro',
  at: new Date(Date.now() - 12_000).toISOString(),
  heldUntil: null,
  decision: {
    id: crypto.randomUUID(),
    outcome: 'violation',
    clause: { id: 'tve.glorification', version: 1 },
    exemption: null,
    measures: ['remove', 'limit'],
    rationale: 'Praise is explicit.',
  },
}

describe('the form', () => {
  it('says what is missing, then the whole effect in words', async () => {
    const detail = buildReviewDetail()
    serverWith(detail)
    const { user, form } = await openForm(detail)
    expect(form).toHaveTextContent('Pick a policy and an outcome')
    expect(screen.getByRole('button', { name: /Submit/ })).toBeDisabled()

    await user.click(screen.getByRole('radio', { name: /Spam/ }))
    await user.click(screen.getByRole('radio', { name: /Remove/ }))
    await user.click(screen.getByRole('radio', { name: /Block/ }))
    expect(form).toHaveTextContent('Write a rationale (F)')
    await user.type(screen.getByRole('textbox', { name: 'Rationale' }), 'Sells followers.')

    expect(form).toHaveTextContent('Remove · 9.1 v1 · Account: BlockEverywhere')
    expect(screen.getByRole('button', { name: /Submit/ })).toBeEnabled()
  })

  it('asks how to restrict, and weighs exemptions before a clause that needs it', async () => {
    const detail = buildReviewDetail()
    const server = serverWith(detail)
    const { user, form } = await openForm(detail)

    await user.keyboard('1v')
    expect(await screen.findByRole('menuitemradio', { name: 'By age' })).toBeInTheDocument()
    await user.keyboard('2x')
    await screen.findByRole('menuitemradio', { name: 'News reporting' })
    await user.keyboard('1')
    expect(form).toHaveTextContent('Restrict by age · 2.3 v1')
    await user.keyboard('{Enter}')

    await waitFor(() =>
      expect(server.sent(decideReview)).toMatchObject([
        { purposeWeighed: true, measures: [{ target: 'post', kind: 'restrict', by: 'age' }] },
      ]),
    )
  })

  it('takes the choice from a menu that was opened by the stroke before, in the same tick', async () => {
    const detail = buildReviewDetail()
    serverWith(detail)
    const { form } = await openForm(detail)

    act(() => strike('Digit1', 'KeyX', 'Digit2', 'KeyT', 'Digit1', 'KeyF'))

    expect(screen.getByRole('button', { name: /^Exemption: ?News/ })).toBeVisible()
    expect(screen.getByRole('radio', { name: /Glorification/ })).toBeChecked()
    expect(screen.queryByRole('menu')).not.toBeInTheDocument()
    expect(within(form).getByRole('textbox', { name: 'Rationale' })).toHaveFocus()
  })

  it('leaves letters to the field that is being written in', async () => {
    const detail = buildReviewDetail()
    serverWith(detail)
    const { user } = await openForm(detail)

    await user.keyboard('fKeep 1 label')

    expect(screen.getByRole('textbox', { name: 'Rationale' })).toHaveValue('Keep 1 label')
    expect(screen.queryByRole('radio', { checked: true, name: /Keep|Label/ })).not.toBeInTheDocument()
  })

  it('is a group of options to Tab, with arrows moving in it', async () => {
    const detail = buildReviewDetail()
    serverWith(detail)
    const { user } = await openForm(detail)
    screen.getByRole('radio', { name: /Keep/ }).focus()

    await user.keyboard('{ArrowRight}')

    expect(screen.getByRole('radio', { name: /Label/ })).toHaveFocus()
    expect(screen.getByRole('radio', { name: /Label/ })).toBeChecked()
  })

  it('finds any clause by its words', async () => {
    const detail = buildReviewDetail()
    serverWith(detail)
    const { user } = await openForm(detail)

    await user.click(screen.getByRole('button', { name: /More clauses/ }))
    await user.type(await screen.findByRole('combobox', { name: 'Find a clause' }), '9.1')
    await user.click(await screen.findByRole('option', { name: /9\.1/ }))

    expect(screen.getByRole('radio', { name: /Spam/ })).toBeChecked()
  })

  it('stays on the review when asked to, and shows the record', async () => {
    const detail = buildReviewDetail()
    const server = serverWith(detail)
    const { user } = await openForm(detail)

    await user.keyboard('9{Shift>}{Enter}{/Shift}')

    expect(await screen.findByRole('region', { name: 'Decided' })).toBeVisible()
    expect(server.calls(takeNext)).toEqual([])
  })
})

describe('a refusal', () => {
  it('shows what the first one decided beside the draft, and leads on', async () => {
    const detail = buildReviewDetail()
    const server = serverWith(detail).on(decideReview, () => ({ refuse: 'already_decided', conflict: anaDecided }))
    const { user } = await openForm(detail)

    await user.click(screen.getByRole('radio', { name: /Spam/ }))
    await user.keyboard('rfSells followers.{Control>}{Enter}{/Control}')

    const refusal = await screen.findByRole('alert', {
      name: /^Ana Ribeiro decided this \d+ s ago: removed under 2\.3$/,
    })
    expect(refusal).toHaveTextContent('Praise is explicit.')
    expect(refusal).toHaveTextContent('You, draft kept')
    expect(refusal).toHaveTextContent('Sells followers.')
    expect(refusal).toHaveTextContent('Differs in clause and account measure. Nothing of yours was sent.')
    await user.keyboard('j')
    await waitFor(() => expect(server.sent(takeNext)).toMatchObject([{ except: [detail.review.id] }]))
  })

  it('by the network loses nothing, and sending again cannot act twice', async () => {
    const detail = buildReviewDetail()
    const server = serverWith(detail).on(decideReview, () => {
      throw new TypeError('Failed to fetch')
    })
    const { user, form } = await openForm(detail)

    await user.keyboard('9{Enter}')
    await waitFor(() => expect(form).toHaveTextContent('Not sent: the server did not answer.'))
    server.on(decideReview, () => ({ decision: buildDecision(), version: 4 }))
    await user.click(screen.getByRole('button', { name: 'Send again' }))

    await waitFor(() => expect(server.calls(takeNext)).toHaveLength(1))
    const [first, second] = server.sent(decideReview) as { clientId: string }[]
    expect(second).toMatchObject({ clientId: first?.clientId, outcome: 'no_violation' })
  })

  it('because the post changed shows the change, and keeps the draft for the second look', async () => {
    const detail = buildReviewDetail({ snapshot: buildSnapshot({ caption: 'Come to the square' }) })
    const edited = { ...detail, snapshot: buildSnapshot({ caption: 'Come to the library' }) }
    let isEdited = false
    const server = serverWith(detail)
      .on(getReview, () => (isEdited ? edited : detail))
      .on(decideReview, () => {
        isEdited = true
        return { refuse: 'snapshot_changed' }
      })
    const { user } = await openForm(detail)

    await user.keyboard('9{Enter}')
    const change = await screen.findByRole('alert', { name: 'The post changed while you looked at it' })
    expect(await within(change).findByText('Come to the square')).toBeVisible()
    expect(within(change).getByText('Come to the library')).toBeVisible()
    await user.click(within(change).getByRole('button', { name: /Review again/ }))
    server.on(decideReview, () => ({ decision: buildDecision(), version: 5 }))

    expect(await screen.findByRole('radio', { name: /No violation/ })).toBeChecked()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(server.sent(decideReview)[1]).toMatchObject({ snapshotId: edited.snapshot.id }))
  })

  it('because the claim ran out keeps the draft, and the review may be claimed again', async () => {
    const detail = buildReviewDetail()
    const expired: Conflict = { ...anaDecided, byId: null, byName: null, decision: null }
    const server = serverWith(detail).on(decideReview, () => ({ refuse: 'lease_lost', conflict: expired }))
    const { user } = await openForm(detail)

    await user.keyboard('9{Enter}')
    expect(await screen.findByRole('alert', { name: /^Your claim ran out at/ })).toHaveTextContent(
      'Your draft is kept.',
    )
    server.on(decideReview, () => ({ decision: buildDecision(), version: 6 }))
    await user.click(screen.getByRole('button', { name: /Claim again/ }))

    expect(await screen.findByRole('radio', { name: /No violation/ })).toBeChecked()
    expect(server.calls(claimReview)).toHaveLength(2)
  })
})
