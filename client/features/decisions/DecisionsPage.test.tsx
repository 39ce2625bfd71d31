import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { type DecisionDetail, type DecisionRow, getDecision, listDecisions } from '#shared/contract/decision-list.ts'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import { listPeople } from '#shared/contract/team.ts'
import {
  buildDecision,
  buildFlagGroup,
  buildPerson,
  buildPolicy,
  buildPolicyVersion,
  buildSnapshot,
} from '#test/support/build.ts'
import { buildDecisionRow } from '#test/support/build-lists.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

const ana = buildPerson({ id: 'person-ana', name: 'Ana Ribeiro' })
const clause = buildPolicy({
  id: 'tve.recruitment',
  code: '2.5',
  shortName: 'Recruitment',
  current: buildPolicyVersion({ version: 2, label: 'Recruitment', description: 'What it says now.' }),
  earlier: [buildPolicyVersion({ version: 1, label: 'Recruitment', description: 'What it said then.' })],
})

/** Decisions, newest first, in pages of `size`. */
function listOf(rows: DecisionRow[], size = 50) {
  return fakeApi()
    .on(listPeople, () => ({ items: [ana] }))
    .on(listPolicies, () => ({ items: [clause] }))
    .on(listQueues, () => ({ items: [], languages: [], platforms: [] }))
    .on(listDecisions, ({ query }) => {
      const fitting = rows.filter(
        ({ decision }) =>
          (!query.outcome || query.outcome.includes(decision.outcome)) &&
          (!query.mine || decision.decidedById !== ana.id),
      )
      const start = Number(query.cursor ?? 0)
      return {
        items: fitting.slice(start, start + size),
        nextCursor: start + size < fitting.length ? String(start + size) : null,
        previousCursor: null,
        count: query.cursor ? null : { value: fitting.length, exact: true },
      }
    })
}

describe('the list of decisions', () => {
  it('says what was decided, on what, by whom and what came of it', async () => {
    const decision = buildDecision({
      clause: { id: 'tve.recruitment', version: 2 },
      decidedById: ana.id,
      delivery: 'failed',
      measures: [
        { target: 'post', kind: 'remove' },
        { target: 'account', kind: 'block' },
      ],
    })
    listOf([buildDecisionRow({ decision, captionExcerpt: 'Три снимка', supersededById: crypto.randomUUID() })])
    renderApp('/decisions')
    const row = (await screen.findByText('Три снимка')).closest('tr')
    for (const text of ['Removed', 'Blocked', '2.5 Recruitment', 'v2', 'Ana Ribeiro', 'Failed', 'Superseded']) {
      expect(row).toHaveTextContent(text)
    }
    expect(screen.getByText('1 decision')).toBeVisible()
  })

  it('shows mine on a tab of their own, in the address', async () => {
    const theirs = buildDecisionRow({ captionExcerpt: 'Theirs', decision: buildDecision({ decidedById: ana.id }) })
    const api = listOf([buildDecisionRow({ captionExcerpt: 'My own' }), theirs])
    const { user, router } = renderApp('/decisions')
    await screen.findByText('Theirs')
    await user.click(screen.getByRole('link', { name: 'Mine' }))
    expect(await screen.findByText('1 decision')).toBeVisible()
    expect(screen.queryByText('Theirs')).not.toBeInTheDocument()
    expect(router.state.location.search).toEqual({ whose: 'mine' })
    expect(api.calls(listDecisions).at(-1)?.query).toMatchObject({ mine: true })
  })

  it('is filtered by chips that stand in the address, and cleared when nothing fits', async () => {
    listOf([buildDecisionRow({ decision: buildDecision({ outcome: 'violation' }) })])
    const { user, router } = renderApp('/decisions')
    await user.click(await screen.findByRole('button', { name: 'Filter' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Outcome' }))
    await user.click(await screen.findByRole('checkbox', { name: 'Exempt' }))
    expect(router.state.location.search).toEqual({ outcome: 'exempt' })
    await user.keyboard('{Escape}')
    expect(await screen.findByRole('heading', { name: 'No decision fits' })).toBeVisible()
    await user.click(screen.getByRole('link', { name: 'Clear the filters' }))
    expect(await screen.findByText('1 decision')).toBeVisible()
  })

  it('reads on at its end and is gone through with the arrows', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => buildDecisionRow({ captionExcerpt: `Row ${index}` }))
    const api = listOf(rows, 20)
    const { user, router } = renderApp('/decisions')
    await screen.findByText('Row 0')
    await waitFor(() => expect(api.calls(listDecisions)).toHaveLength(2))
    expect(api.calls(listDecisions)[1]?.query).toMatchObject({ cursor: '20' })
    await user.keyboard('{Home}{ArrowDown}{Enter}')
    expect(router.state.location.pathname).toBe(`/decisions/${rows[1]!.decision.id}`)
  })

  it('says when it did not load, and tries again', async () => {
    let isDown = true
    listOf([]).on(listDecisions, () =>
      isDown
        ? { refuse: 'internal', requestId: 'req-9' }
        : { items: [], nextCursor: null, previousCursor: null, count: { value: 0, exact: true } },
    )
    const { user } = renderApp('/decisions')
    expect(await screen.findByRole('heading', { name: 'The decisions did not load' })).toBeVisible()
    isDown = false
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('heading', { name: 'No decisions yet' })).toBeVisible()
  })
})

describe('a decision', () => {
  it('shows the review as it was decided, by the words of the clause of that day', async () => {
    const decision = buildDecision({ clause: { id: 'tve.recruitment', version: 1 }, decidedById: ana.id })
    const later = crypto.randomUUID()
    const detail: DecisionDetail = {
      decision,
      supersededById: later,
      review: { id: decision.reviewId, reference: decision.reviewReference, state: 'decided', queueId: 'extremism' },
      post: null,
      snapshot: buildSnapshot({ caption: 'As it was seen' }),
      flags: [buildFlagGroup({ kind: 'hash_match', count: 3, text: 'Seen before' })],
      account: { id: crypto.randomUUID(), handle: 'artyom_2', displayName: null, platform: 'vk', status: 'blocked' },
    }
    listOf([]).on(getDecision, () => detail)
    renderApp(`/decisions/${decision.id}`)
    expect(await screen.findByText('As it was seen', { selector: 'div' })).toBeVisible()
    expect(await screen.findByText('What it said then.')).toBeVisible()
    expect(screen.getByRole('region', { name: 'Why it was flagged, by then' })).toHaveTextContent(
      /Hash match3.*Seen before/,
    )
    const record = screen.getByRole('region', { name: 'Decision' })
    expect(record).toHaveTextContent('Removed')
    expect(within(record).getByText(decision.rationale)).toBeVisible()
    expect(screen.getByRole('link', { name: 'Open the later one' })).toHaveAttribute('href', `/decisions/${later}`)
    expect(screen.getByRole('link', { name: 'Open the review as it is now' })).toHaveAttribute(
      'href',
      `/reviews/${decision.reviewId}`,
    )
  })

  it('says so when there is none', async () => {
    listOf([]).on(getDecision, () => ({ refuse: 'not_found' }))
    renderApp('/decisions/01900000-0000-7000-8000-000000000000')
    expect(await screen.findByRole('heading', { name: 'There is no such decision' })).toBeVisible()
  })
})
