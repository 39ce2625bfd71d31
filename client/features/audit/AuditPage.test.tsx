import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { type LogEvent, listEvents } from '#shared/contract/events.ts'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import { listPeople } from '#shared/contract/team.ts'
import { buildLogEvent, buildPerson } from '#test/support/build.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

const ana = buildPerson({ id: 'person-ana', name: 'Ana Ribeiro', role: 'reviewer' })
const me = buildSession('auditor', { id: 'person-me', name: 'Noor Said' })
const facets = { kinds: ['review.claimed', 'review.decided'], subjectKinds: ['export', 'review'] }

/** A log of these entries, newest first, in pages of `size`. */
function logOf(events: LogEvent[], size = 50) {
  return fakeApi()
    .as(me)
    .on(listPeople, () => ({ items: [ana] }))
    .on(listPolicies, () => ({ items: [] }))
    .on(listQueues, () => ({ items: [], languages: [], platforms: [] }))
    .on(listEvents, ({ query: { cursor, limit, kind, person, subjectId, seq } }) => {
      const fitting = events.filter(
        (event) =>
          (!kind || kind.includes(event.kind)) &&
          (!person || person.includes(event.personId ?? 'system')) &&
          (!subjectId || event.subject.id === subjectId) &&
          (!seq || event.seq === seq),
      )
      const start = Number(cursor ?? 0)
      const count = Math.min(limit, size)
      return {
        items: fitting.slice(start, start + count),
        nextCursor: start + count < fitting.length ? String(start + count) : null,
        previousCursor: start > 0 ? String(Math.max(0, start - count)) : null,
        count: cursor ? null : { value: fitting.length, exact: true },
        head: events[0]?.seq ?? 0,
        facets: cursor ? null : facets,
      }
    })
}

async function rowsOf() {
  await screen.findAllByRole('cell')
  return screen.getAllByRole('row').slice(1)
}

describe('an entry of the log', () => {
  it.each([
    [
      'review.held',
      { reason: 'evidence', wakeAt: '2026-07-04T09:00:00.000Z', turnId: 'x' },
      'Put on hold',
      /^reason evidence, until 4 Jul 2026, \d\d:00$/,
    ],
    ['review.escalated', { toRole: 'supervisor', textSha256: 'a'.repeat(64) }, 'Escalated', /^to any supervisor$/],
    ['review.taken_over', { holderId: ana.id, turnId: 'x' }, 'Taken over', /^from Ana Ribeiro$/],
    ['review.assigned', { toId: ana.id }, 'Assigned', /^to Ana Ribeiro$/],
    ['review.moved', { from: 'hate', to: 'extremism' }, 'Moved to a queue', /^from hate, to extremism$/],
    ['decision.undone', {}, 'Decision taken back', /^$/],
    ['somebody.elses', { x: 1 }, 'somebody.elses', /^x 1$/],
  ])('of %s is told in words', async (kind, data, words, said) => {
    logOf([buildLogEvent({ kind, data, personId: ana.id })])
    renderApp('/audit')
    const [row] = await rowsOf()
    await within(row!).findByText('Ana Ribeiro')
    const cell = within(row!).getByText(words)
    expect(cell).toHaveAttribute('title', kind)
    expect(within(row!).getAllByRole('cell')[5]?.textContent).toMatch(said)
  })
})

describe('the audit log', () => {
  it('shows who did what, on what, and when to the millisecond in UTC', async () => {
    logOf([
      buildLogEvent({
        seq: 1204,
        at: '2026-07-02T13:52:07.412Z',
        kind: 'review.decided',
        personId: ana.id,
        data: { outcome: 'violation', clause: { id: 'tve.recruitment', version: 2 } },
      }),
    ])
    renderApp('/audit')
    const [row] = await rowsOf()
    expect(row).toHaveTextContent('1,204')
    expect(row).toHaveTextContent('13:52:07.412')
    expect(row).toHaveTextContent('Ana Ribeiro')
    expect(row).toHaveTextContent('Decided')
    expect(row).toHaveTextContent('outcome violation, clause tve.recruitment v2')
    expect(screen.getByText('Last entry 1,204')).toBeInTheDocument()
  })

  it('calls the reader You and nobody System', async () => {
    logOf([buildLogEvent({ personId: me.person.id }), buildLogEvent({ personId: null })])
    renderApp('/audit')
    const [mine, systems] = await rowsOf()
    expect(within(mine!).getByText('You')).toBeInTheDocument()
    expect(within(systems!).getByText('System')).toBeInTheDocument()
  })

  it('leads from a review to its desk', async () => {
    const event = buildLogEvent({})
    logOf([event])
    renderApp('/audit')
    const link = await screen.findByRole('link', { name: event.subject.reference! })
    expect(link).toHaveAttribute('href', `/reviews/${event.subject.id}`)
  })

  it('opens an entry with all it holds, by keyboard, and closes it', async () => {
    const events = [buildLogEvent({ seq: 8 }), buildLogEvent({ seq: 7, data: { filter: { queue: ['hate'] } } })]
    logOf(events)
    const { user, router } = renderApp('/audit')
    const [first] = await rowsOf()
    first!.focus()
    await user.keyboard('{ArrowDown}{Enter}')
    const entry = await screen.findByRole('complementary', { name: 'Entry 7' })
    expect(entry).toHaveTextContent('filterqueue=hate')
    expect(router.state.location.search).toEqual({ entry: 7 })
    await user.click(within(entry).getByRole('button', { name: 'Close' }))
    expect(screen.queryByRole('complementary', { name: 'Entry 7' })).not.toBeInTheDocument()
  })

  it('fetches the entry of the address when the page does not have it', async () => {
    logOf([buildLogEvent({ seq: 9, kind: 'review.claimed' }), buildLogEvent({ seq: 3, kind: 'export.ended' })], 1)
    renderApp('/audit?entry=3')
    expect(await screen.findByText('export.ended')).toBeInTheDocument()
  })

  it('goes to older entries and back by links', async () => {
    logOf([buildLogEvent({ seq: 3 }), buildLogEvent({ seq: 2 }), buildLogEvent({ seq: 1 })], 2)
    const { user } = renderApp('/audit')
    expect(await screen.findByText('3 entries')).toBeInTheDocument()
    await user.click(await screen.findByRole('link', { name: 'Older' }))
    expect(await screen.findByText('Entries 1 to 1')).toBeInTheDocument()
    expect(screen.queryByRole('link', { name: 'Older' })).not.toBeInTheDocument()
    await user.click(screen.getByRole('link', { name: 'Newer' }))
    expect(await screen.findByText('Entries 3 to 2')).toBeInTheDocument()
  })

  it('filters by action and person through the address', async () => {
    logOf([
      buildLogEvent({ seq: 3, kind: 'review.claimed', personId: ana.id }),
      buildLogEvent({ seq: 2, kind: 'review.decided', personId: ana.id }),
      buildLogEvent({ seq: 1, kind: 'review.decided', personId: null }),
    ])
    const { user, router } = renderApp('/audit?cursor=1')
    await user.click(await screen.findByRole('button', { name: 'Action any' }))
    await user.click(await screen.findByRole('checkbox', { name: 'Decided' }))
    expect(await screen.findByText('2 entries')).toBeInTheDocument()
    expect(router.state.location.search).toEqual({ kind: 'review.decided' })
    await user.keyboard('{Escape}')
    await user.click(screen.getByRole('button', { name: 'Who anyone' }))
    await user.click(await screen.findByRole('checkbox', { name: 'System' }))
    expect(await screen.findByText('1 entry')).toBeInTheDocument()
    await user.keyboard('{Escape}')
    await user.click(screen.getByRole('button', { name: 'Remove filter Action' }))
    expect(router.state.location.search).toEqual({ person: 'system' })
  })

  it('asks for a range of time in UTC', async () => {
    const api = logOf([buildLogEvent({})])
    renderApp('/audit?from=2026-07-01T00:00:00Z&to=yesterday')
    expect(await screen.findByRole('button', { name: 'Range since 1 Jul, 00:00' })).toBeInTheDocument()
    expect(api.calls(listEvents)[0]?.query).toMatchObject({ from: '2026-07-01T00:00:00Z' })
    expect(api.calls(listEvents)[0]?.query).not.toHaveProperty('to')
  })

  it('shows all entries on one subject', async () => {
    const event = buildLogEvent({ seq: 2 })
    logOf([event, buildLogEvent({ seq: 1 })])
    const { user, router } = renderApp('/audit?entry=2')
    await user.click(await screen.findByRole('link', { name: 'All entries on this' }))
    expect(await screen.findByText('1 entry')).toBeInTheDocument()
    expect(router.state.location.search).toMatchObject({ subjectKind: 'review', subjectId: event.subject.id })
  })

  it('says when nothing fits, and offers the whole log', async () => {
    logOf([buildLogEvent({ kind: 'review.claimed' })])
    const { user } = renderApp('/audit?kind=review.lost')
    expect(await screen.findByText('No entry fits')).toBeInTheDocument()
    await user.click(screen.getByRole('link', { name: 'Show the whole log' }))
    expect(await rowsOf()).toHaveLength(1)
  })

  it('says when the log did not load, and tries again', async () => {
    let isDown = true
    const event = buildLogEvent({})
    logOf([event]).on(listEvents, () =>
      isDown
        ? { refuse: 'internal', requestId: 'req-9' }
        : { items: [event], nextCursor: null, previousCursor: null, count: null, head: 1, facets: null },
    )
    const { user } = renderApp('/audit')
    expect(await screen.findByRole('heading', { name: 'The log did not load' })).toBeInTheDocument()
    expect(screen.getByText('req-9')).toBeInTheDocument()
    isDown = false
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await rowsOf()).toHaveLength(1)
  })

  it('tells a reviewer that the log is not for them, and asks for nothing', async () => {
    const api = logOf([]).as('reviewer')
    renderApp('/audit')
    expect(await screen.findByText('Not for your role')).toBeInTheDocument()
    expect(api.calls(listEvents)).toEqual([])
  })
})
