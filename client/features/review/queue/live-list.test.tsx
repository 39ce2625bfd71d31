import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import { countReviews, listReviews, type ReviewRow } from '#shared/contract/reviews.ts'
import { listPeople } from '#shared/contract/team.ts'
import { buildPage, buildPerson, buildPolicy, buildQueue, buildReviewRow } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { fakeLive } from '#test/support/fake-live.ts'
import { renderApp } from '#test/support/render.tsx'

const none = { value: 0, exact: true }

/** A server whose reviews a test changes behind the page's back. Filters by id and state as the real one does. */
function serverWith(reviews: ReviewRow[]) {
  const server = { reviews, pageSize: 50 }
  const api = fakeApi()
    .on(listReviews, ({ query }) => {
      const fits = server.reviews.filter(
        (row) =>
          (query.state ? query.state.includes(row.state) : row.state !== 'decided') &&
          (!query.id || query.id.includes(row.id)),
      )
      const from = Number(query.cursor ?? 0)
      const next = from + server.pageSize < fits.length && !query.id ? String(from + server.pageSize) : null
      return { ...buildPage(fits.slice(from, from + server.pageSize)), nextCursor: next }
    })
    .on(countReviews, () => ({
      byState: {
        open: { value: server.reviews.length, exact: true },
        on_hold: none,
        escalated: none,
        confirming: none,
        decided: none,
      },
      mine: 0,
      byQueue: [],
    }))
    .on(listPolicies, () => ({ items: [buildPolicy()] }))
    .on(listPeople, () => ({ items: [buildPerson({ id: 'person-ana', name: 'Ana Ribeiro' })] }))
    .on(listQueues, () => ({ items: [buildQueue()], languages: [], platforms: [] }))
  return { server, api }
}

const change = (row: ReviewRow, ...kinds: string[]) => ({
  reviews: [{ id: row.id, version: row.version + 1, state: row.state, queueId: row.queueId, kinds }],
  gone: [],
  accounts: [],
})
const rowsShown = async () =>
  within(await screen.findByRole('table', { name: /Reviews/ }))
    .getAllByRole('row')
    .slice(1)
const captions = async () => (await rowsShown()).map((row) => within(row).queryAllByRole('link')[0]?.textContent)

const [first, second, third] = ['first', 'second', 'third'].map((captionExcerpt, index) =>
  buildReviewRow({ captionExcerpt, priority: 90 - index * 10 }),
) as [ReviewRow, ReviewRow, ReviewRow]

describe('a list while others work', () => {
  it('shows what became of a row where it stands', async () => {
    const live = fakeLive()
    const { server, api } = serverWith([first, second, third])
    renderApp('/queue')
    await rowsShown()

    server.reviews = [first, { ...second, version: second.version + 1, holderId: 'person-ana' }, third]
    await live.tell('changes', change(second, 'review.claimed'))

    await waitFor(async () => expect((await rowsShown())[1]).toHaveTextContent('Claimed'))
    expect((await rowsShown())[1]).toHaveTextContent('Ana')
    expect(await captions()).toEqual(['first', 'second', 'third'])
    expect(api.calls(listReviews).at(-1)?.query).toMatchObject({ id: [second.id] })
  })

  it('leaves a row that no longer fits in its place and says why', async () => {
    const live = fakeLive()
    const { server } = serverWith([first, second, third])
    const { user } = renderApp('/queue')
    await rowsShown()

    const decided = { state: 'decided' as const, decidedById: 'person-ana', decidedAt: new Date().toISOString() }
    server.reviews = [first, { ...second, ...decided, outcome: 'no_violation' }, third]
    await live.tell('changes', change({ ...second, state: 'decided' }, 'review.decided'))

    expect(await screen.findByText('Decided by Ana Ribeiro')).toBeVisible()
    expect(await captions()).toEqual(['first', 'second', 'third'])

    server.reviews = [...server.reviews, buildReviewRow({ captionExcerpt: 'fourth' })]
    await live.tell('changes', change(server.reviews.at(-1)!, 'review.opened'))
    await user.click(await screen.findByRole('button', { name: '1 new' }))

    await waitFor(async () => expect(await captions()).toEqual(['first', 'third', 'fourth']))
    expect(screen.queryByRole('button', { name: '1 new' })).not.toBeInTheDocument()
  })

  it('only counts new ones until somebody asks for them', async () => {
    const live = fakeLive()
    const { server } = serverWith([second, third])
    const { user } = renderApp('/queue')
    await rowsShown()

    const fresh = buildReviewRow({ captionExcerpt: 'just in', priority: 99 })
    const elsewhere = buildReviewRow({ state: 'decided' })
    server.reviews = [fresh, first, second, third, elsewhere]
    await live.tell('changes', change(fresh, 'review.opened'))
    await live.tell('changes', change(first, 'review.opened', 'flag.received'))
    await live.tell('changes', change(elsewhere, 'review.opened'))

    const button = await screen.findByRole('button', { name: '2 new' })
    expect(await captions()).toEqual(['second', 'third'])
    await user.click(button)
    await waitFor(async () => expect(await captions()).toEqual(['just in', 'first', 'second', 'third']))
  })

  it('does not take for new what was there and is not loaded yet', async () => {
    const live = fakeLive()
    const low = Array.from({ length: 30 }, (_, index) => buildReviewRow({ priority: 40 - index }))
    const { server, api } = serverWith([first, ...low])
    server.pageSize = 1
    api.on(listReviews, ({ query }) => {
      const fits = server.reviews.filter((row) => !query.id || query.id.includes(row.id))
      // The next page never comes.
      if (query.cursor) return new Promise<never>(() => {})
      return { ...buildPage(query.id ? fits : fits.slice(0, 1)), nextCursor: 'more' }
    })
    renderApp('/queue')
    await rowsShown()
    const asked = api.calls(listReviews).length

    await live.tell('changes', change(low[3]!, 'review.claimed'))

    await waitFor(() => expect(api.calls(listReviews).length).toBeGreaterThan(asked))
    expect(screen.queryByRole('button', { name: /new/ })).not.toBeInTheDocument()
  })

  it('hides what is out of sight', async () => {
    const live = fakeLive()
    serverWith([first, second])
    renderApp('/queue')
    await rowsShown()

    await live.tell('changes', { reviews: [], gone: [first.id], accounts: [] })

    expect(await screen.findByText('No longer yours to see')).toBeVisible()
    expect(screen.queryByText('first')).not.toBeInTheDocument()
  })

  it('follows the account of a row', async () => {
    const live = fakeLive()
    const { server } = serverWith([first])
    renderApp('/queue')
    await rowsShown()

    server.reviews = [{ ...first, accountStatus: 'deleted' }]
    await live.tell('changes', { reviews: [], gone: [], accounts: [first.accountId] })

    expect(await screen.findByText('Deleted')).toBeVisible()
  })

  it('looks again when it was not told everything', async () => {
    const live = fakeLive()
    const { server } = serverWith([second])
    renderApp('/queue')
    await rowsShown()

    server.reviews = [first, { ...second, version: 9, holderId: 'person-ana' }]
    await live.tell('reset', { reason: 'gap' })

    expect(await screen.findByRole('button', { name: '1 new' })).toBeVisible()
    await waitFor(async () => expect((await rowsShown())[0]).toHaveTextContent('Claimed'))
  })

  it('takes nothing for new while the list itself is on its way', async () => {
    const live = fakeLive()
    const { server, api } = serverWith([first, second])
    let answer = () => {}
    api.on(listReviews, () => new Promise((settle) => (answer = () => settle(buildPage(server.reviews)))))
    renderApp('/queue')
    await waitFor(() => expect(api.calls(listReviews)).toHaveLength(1))

    await live.tell('reset', { reason: 'start' })
    answer()

    await rowsShown()
    expect(api.calls(listReviews)).toHaveLength(1)
    expect(screen.queryByRole('button', { name: /new/ })).not.toBeInTheDocument()
  })

  it('fills a list that was empty', async () => {
    const live = fakeLive()
    const { server } = serverWith([])
    renderApp('/queue')
    expect(await screen.findByText('Nothing waits here')).toBeVisible()

    server.reviews = [first]
    await live.tell('changes', change(first, 'review.opened'))

    await waitFor(async () => expect(await captions()).toEqual(['first']))
  })

  it('counts again once however much happens', async () => {
    const live = fakeLive()
    const { server, api } = serverWith([first])
    renderApp('/queue')
    await rowsShown()
    await screen.findByRole('link', { name: /Triage ?1/ })
    const counted = api.calls(countReviews).length

    server.reviews = [first, second]
    for (const row of [first, second, first, second]) await live.tell('changes', change(row, 'flag.received'))

    await screen.findByRole('link', { name: /Triage ?2/ })
    expect(api.calls(countReviews).length).toBe(counted + 1)
  })

  it('loses no change that comes while a row is being read', async () => {
    const live = fakeLive()
    const { server, api } = serverWith([first, second])
    renderApp('/queue')
    await rowsShown()

    // The first answer is kept waiting, and is old by the time it arrives.
    let answer = () => {}
    const old = { ...first, flagCount: 41 }
    api.on(listReviews, () => new Promise((settle) => (answer = () => settle(buildPage([old])))))
    const asked = api.calls(listReviews).length
    await live.tell('changes', change(first, 'flag.received'))
    await waitFor(() => expect(api.calls(listReviews).length).toBe(asked + 1))

    server.reviews = [{ ...first, flagCount: 42 }, second]
    await live.tell('changes', change(first, 'flag.received'))
    await new Promise((settle) => setTimeout(settle, 1_500))
    expect(api.calls(listReviews).length, 'one at a time').toBe(asked + 1)
    api.on(listReviews, ({ query }) => buildPage(server.reviews.filter(({ id }) => !query.id || query.id.includes(id))))
    answer()

    expect(await screen.findByText('42 flags')).toBeVisible()
  })

  it('looks at the top again after a second doubt, only later', async () => {
    const live = fakeLive()
    const { server } = serverWith([third])
    renderApp('/queue')
    await rowsShown()

    server.reviews = [second, third]
    await live.tell('reset', { reason: 'many' })
    expect(await screen.findByRole('button', { name: '1 new' })).toBeVisible()
    server.reviews = [first, second, third]
    await live.tell('reset', { reason: 'many' })

    expect(await screen.findByRole('button', { name: '2 new' })).toBeVisible()
  })

  it('keeps nothing of what is out of sight', async () => {
    const live = fakeLive()
    serverWith([{ ...first, handle: 'not_yours' }, second])
    const { queryClient } = renderApp('/queue')
    await rowsShown()

    await live.tell('changes', { reviews: [], gone: [first.id], accounts: [] })

    await screen.findByText('No longer yours to see')
    const kept = JSON.stringify(
      queryClient
        .getQueryCache()
        .getAll()
        .map(({ state }) => state.data),
    )
    expect(kept).not.toContain('not_yours')
  })

  it('asks for one row once however often it changes', async () => {
    const live = fakeLive()
    const { api } = serverWith([first, second])
    renderApp('/queue')
    await rowsShown()
    const asked = api.calls(listReviews).length

    for (let times = 0; times < 20; times += 1) await live.tell('changes', change(first, 'flag.received'))
    await waitFor(() => expect(api.calls(listReviews).length).toBe(asked + 1))
  })
})
