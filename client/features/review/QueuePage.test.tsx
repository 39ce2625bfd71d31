import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import { claimReview, countReviews, getReview, listReviews, type ReviewRow } from '#shared/contract/reviews.ts'
import { listThreats } from '#shared/contract/safety.ts'
import { listPeople } from '#shared/contract/team.ts'
import { buildPage, buildPerson, buildPolicy, buildQueue, buildReviewRow } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'
import { toQ } from './queue/SearchBox.tsx'

const exact = (value: number) => ({ value, exact: true })

/** A server with these rows, whatever is asked of it. */
function serverWith(rows: ReviewRow[]) {
  return fakeApi()
    .on(getReview, () => ({ refuse: 'not_found' }))
    .on(claimReview, () => ({ refuse: 'not_found' }))
    .on(listReviews, () => buildPage(rows))
    .on(countReviews, () => ({
      byState: {
        open: exact(rows.length),
        on_hold: exact(2),
        escalated: exact(0),
        confirming: exact(0),
        decided: { value: 10_000, exact: false },
      },
      mine: 1,
      byQueue: [{ queueId: 'extremism', ...exact(rows.length) }],
    }))
    .on(listThreats, () => ({ items: [], count: 0 }))
    .on(listPolicies, () => ({ items: [buildPolicy()] }))
    .on(listPeople, () => ({ items: [buildPerson({ id: 'person-ana', name: 'Ana Ribeiro' })] }))
    .on(listQueues, () => ({
      items: [buildQueue(), buildQueue({ id: 'hate', name: 'Hate' })],
      languages: ['ru', 'kk'],
      platforms: ['vk', 'telegram'],
    }))
}

const bodyRows = async () => {
  const table = await screen.findByRole('table', { name: /Reviews/ })
  return within(table).getAllByRole('row').slice(1)
}

describe('the queue', () => {
  it('tells of each review what a reviewer must know', async () => {
    const claimed = buildReviewRow({
      captionExcerpt: 'Три снимка',
      handle: 'artyom_2',
      isNewAccount: true,
      flagCount: 9,
      sources: ['removal_order', 'hash_match'],
      priority: 96,
      holderId: 'person-ana',
    })
    serverWith([claimed, buildReviewRow({ accountStatus: 'deleted', policy: null })])
    renderApp('/queue')

    const [first, second] = await bodyRows()

    expect(within(first!).getByText('Три снимка')).toHaveAttribute('lang', 'ru')
    expect(first).toHaveTextContent('artyom_2')
    expect(first).toHaveTextContent('New')
    expect(await within(first!).findByText('Glorification')).toBeVisible()
    expect(first).toHaveTextContent('9 flags')
    expect(within(first!).getByRole('img', { name: 'Removal order' })).toBeVisible()
    expect(within(first!).getByRole('button', { name: 'Priority 96 of 100' })).toBeVisible()
    expect(first).toHaveTextContent('Claimed')
    await waitFor(() => expect(first).toHaveTextContent('Ana'))
    expect(second).toHaveTextContent('Deleted')
    expect(second).toHaveTextContent('Unsorted')
  })

  it('says how many there are in every list, and when nobody counted further', async () => {
    serverWith([buildReviewRow()])
    renderApp('/queue?tab=decided')

    const views = await screen.findByRole('navigation', { name: 'Views' })

    await waitFor(() => expect(within(views).getByRole('link', { name: /Triage/ })).toHaveTextContent('3'))
    expect(within(views).getByRole('link', { name: /On hold/ })).toHaveTextContent('2')
    expect(within(views).getAllByRole('link', { current: 'page' })).toHaveLength(1)
    expect(within(views).getByRole('link', { name: /Decided/ })).toHaveTextContent('10,000+')
  })

  it('asks the server for the filters and the order in the address', async () => {
    const server = serverWith([buildReviewRow()])
    renderApp('/queue?tab=on_hold&queue=hate,extremism&language=kk&accountStatus=deleted&sort=due')

    await bodyRows()

    expect(server.calls(listReviews)[0]?.query).toMatchObject({
      state: ['on_hold'],
      queue: ['hate', 'extremism'],
      language: ['kk'],
      accountStatus: ['deleted'],
      sort: 'due',
    })
  })

  it('writes a ticked filter into the address and drops it again', async () => {
    const server = serverWith([buildReviewRow()])
    const { user, router } = renderApp('/queue')
    await bodyRows()

    await user.keyboard('a')
    await user.type(await screen.findByRole('combobox', { name: 'Filter by' }), 'platf{Enter}')
    await user.click(await screen.findByRole('checkbox', { name: 'Telegram' }))

    await waitFor(() => expect(router.state.location.search).toMatchObject({ platform: 'telegram' }))
    await waitFor(() => expect(server.calls(listReviews).at(-1)?.query).toMatchObject({ platform: ['telegram'] }))

    await user.click(screen.getByRole('button', { name: 'Remove filter Platform' }))
    await waitFor(() => expect(router.state.location.search).not.toHaveProperty('platform'))
  })

  it('finds a filter by the name of a value, by keyboard alone', async () => {
    const server = serverWith([buildReviewRow()])
    const { user } = renderApp('/queue?platform=vk')
    await bodyRows()

    await user.keyboard('a')
    await user.type(await screen.findByRole('combobox', { name: 'Filter by' }), 'tele')
    expect(await screen.findByRole('option', { name: 'Platform: Telegram' })).toHaveAttribute('aria-selected', 'true')
    await user.keyboard('{Enter}')

    await waitFor(() => expect(server.calls(listReviews).at(-1)?.query).toMatchObject({ platform: ['vk', 'telegram'] }))
    expect(screen.getByRole('button', { name: 'Platform VKontakte, Telegram' })).toBeVisible()
  })

  it('asks for figures within their scale and says what was set', async () => {
    const server = serverWith([buildReviewRow()])
    const { user, router } = renderApp('/queue')
    await bodyRows()

    await user.keyboard('a')
    await user.type(await screen.findByRole('combobox', { name: 'Filter by' }), 'prio{Enter}')
    await user.type(await screen.findByRole('textbox', { name: 'Priority: From' }), '101')
    expect(await screen.findByText('A figure from 0 to 100')).toBeVisible()
    await user.type(screen.getByRole('textbox', { name: 'Priority: From' }), '{Backspace}{Backspace}')
    await user.type(screen.getByRole('textbox', { name: 'Priority: To' }), '70{Enter}')

    await waitFor(() => expect(router.state.location.search).toMatchObject({ priority: '1..70' }))
    await waitFor(() =>
      expect(server.calls(listReviews).at(-1)?.query).toMatchObject({ priorityMin: 1, priorityMax: 70 }),
    )
    expect(await screen.findByRole('button', { name: 'Priority 1 to 70' })).toBeVisible()
  })

  it('says yes or no, and from when to when', async () => {
    const server = serverWith([buildReviewRow()])
    const { user, router } = renderApp('/queue?hasMedia=false')
    await bodyRows()

    await user.click(screen.getByRole('button', { name: 'Has media no' }))
    await user.click(await screen.findByRole('radio', { name: 'yes' }))
    await waitFor(() => expect(server.calls(listReviews).at(-1)?.query).toMatchObject({ hasMedia: true }))
    await user.keyboard('{Escape}')

    await user.click(screen.getByRole('button', { name: 'Filter' }))
    await user.type(await screen.findByRole('combobox', { name: 'Filter by' }), 'due{Enter}')
    await user.click(await screen.findByRole('button', { name: 'Within 24 hours' }))
    await waitFor(() => expect(router.state.location.search).toHaveProperty('due', expect.stringMatching(/^\.\.20/)))
  })

  it('leads to the decided where a filter speaks of decisions', async () => {
    const server = serverWith([buildReviewRow()])
    const { user, router } = renderApp('/queue')
    await bodyRows()

    await user.keyboard('a')
    await user.type(await screen.findByRole('combobox', { name: 'Filter by' }), 'no viol{Enter}')

    await waitFor(() => expect(router.state.location.search).toEqual({ tab: 'decided', outcome: 'no_violation' }))
    await waitFor(() =>
      expect(server.calls(listReviews).at(-1)?.query).toMatchObject({ state: ['decided'], outcome: ['no_violation'] }),
    )
  })

  it('gives the keys back to the list with Enter', async () => {
    const server = serverWith([buildReviewRow()])
    const { user } = renderApp('/queue')
    await bodyRows()
    await user.keyboard('/')
    await user.keyboard('тагут{Enter}')
    await waitFor(() => expect(server.calls(listReviews).at(-1)?.query).toMatchObject({ q: 'тагут*' }))
    expect(screen.getByRole('searchbox', { name: 'Search reviews' })).not.toHaveFocus()
  })

  it('searches by words once the hand rests, and forgets them with Escape', async () => {
    const server = serverWith([buildReviewRow()])
    const { user, router } = renderApp('/queue?language=kk')
    await bodyRows()

    await user.keyboard('/')
    const field = screen.getByRole('searchbox', { name: 'Search reviews' })
    expect(field).toHaveFocus()
    await user.type(field, 'Қайда барсақ')

    await waitFor(() => expect(server.calls(listReviews).at(-1)?.query).toMatchObject({ q: 'Қайда барсақ*' }))
    expect(router.state.location.search).toEqual({ language: 'kk', q: 'Қайда барсақ*' })
    expect(server.calls(listReviews)).toHaveLength(2)

    await user.keyboard('{Escape}')
    expect(field).toHaveValue('')
    await waitFor(() => expect(router.state.location.search).toEqual({ language: 'kk' }))
  })

  it.each([
    ['тагу', 'тагу*'],
    ['"два слова"', '"два слова"'],
    ['"два сло', '"два сло'],
    ['DKT-48213', 'DKT-48213'],
    ['vk.com/wall1_2', 'vk.com/wall1_2'],
    ['artyom_2', 'artyom_2'],
    ['beg*', 'beg*'],
    ['  ', undefined],
  ])('takes %s for %s', (text, q) => {
    expect(toQ(text)).toBe(q)
  })

  it('shows reviewers no filter by reporter', async () => {
    serverWith([buildReviewRow()])
    const { user } = renderApp('/queue')
    await bodyRows()

    await user.keyboard('a')
    await user.type(await screen.findByRole('combobox', { name: 'Filter by' }), 'reporter')

    expect(await screen.findByText('Nothing by that name')).toBeVisible()
  })

  it('does not ask for what an old link says and nobody understands', async () => {
    const server = serverWith([buildReviewRow()])
    renderApp('/queue?accountStatus=asleep&colour=red')
    await bodyRows()

    expect(server.calls(listReviews)[0]?.query).not.toHaveProperty('accountStatus')
    expect(screen.queryByRole('button', { name: /^Account/ })).not.toBeInTheDocument()
  })

  it('changes the order by its column and by the menu', async () => {
    const server = serverWith([buildReviewRow()])
    const { user } = renderApp('/queue')
    await bodyRows()

    await user.click(screen.getByRole('button', { name: 'Due' }))
    await waitFor(() => expect(server.calls(listReviews).at(-1)?.query).toMatchObject({ sort: 'due' }))
    expect(await screen.findByRole('columnheader', { name: 'Due' })).toHaveAttribute('aria-sort', 'ascending')

    await user.click(screen.getByRole('button', { name: 'Order: Due first' }))
    await user.click(await screen.findByRole('menuitemradio', { name: 'Most flags' }))
    await waitFor(() => expect(server.calls(listReviews).at(-1)?.query).toMatchObject({ sort: 'flags' }))
  })

  it('moves by arrows and opens the review under the cursor', async () => {
    const rows = [buildReviewRow(), buildReviewRow(), buildReviewRow()]
    serverWith(rows)
    const { user, router } = renderApp('/queue?queue=extremism')
    await bodyRows()

    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}')
    await waitFor(() => expect(screen.getByRole('row', { current: true })).toHaveTextContent(rows[1]!.reference))
    await user.keyboard('{Enter}')

    await waitFor(() => expect(router.state.location.pathname).toBe(`/reviews/${rows[1]!.id}`))
    expect(router.state.location.search).toMatchObject({ queue: 'extremism' })
  })

  it('is not called back by the cursor after a row was opened', async () => {
    const row = buildReviewRow()
    serverWith([row])
    const { user, router } = renderApp('/queue')
    await bodyRows()

    await user.click(screen.getByRole('link', { name: row.captionExcerpt }))
    await new Promise((settle) => setTimeout(settle, 400))

    expect(router.latestLocation.pathname).toBe(`/reviews/${row.id}`)
  })

  it('loads the next rows when the end comes into view', async () => {
    const first = Array.from({ length: 3 }, () => buildReviewRow())
    const last = buildReviewRow({ captionExcerpt: 'the last of all' })
    serverWith(first).on(listReviews, ({ query }) =>
      query.cursor
        ? { ...buildPage([last]), count: null }
        : { ...buildPage(first), nextCursor: 'after-three', count: exact(4) },
    )
    renderApp('/queue')

    expect(await screen.findByText('the last of all')).toBeVisible()
    expect(screen.getByText('4 reviews')).toBeVisible()
  })

  it('offers the next useful list when nothing is left', async () => {
    serverWith([])
    renderApp('/queue?queue=hate')

    expect(await screen.findByText('No review fits these filters.')).toBeVisible()
    expect(screen.getByRole('link', { name: 'Clear the filters' })).toHaveAttribute('href', '/queue')
  })

  it('says what failed and loads again when asked', async () => {
    let isBroken = true
    const row = buildReviewRow({ captionExcerpt: 'here again' })
    serverWith([row]).on(listReviews, () => (isBroken ? { refuse: 'internal' } : buildPage([row])))
    const { user } = renderApp('/queue')

    expect(await screen.findByText('The queue did not load')).toBeVisible()
    expect(screen.getByText('req-test')).toBeVisible()

    isBroken = false
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('here again')).toBeVisible()
  })

  it('gives supervisors the list as a file and reviewers no button for it', async () => {
    serverWith([buildReviewRow()]).as('supervisor')
    const { user, unmount } = renderApp('/queue?language=ru')
    await user.click(await screen.findByRole('button', { name: 'Export this list' }))
    const href = (await screen.findByRole('menuitem', { name: /Decisions.*CSV/ })).getAttribute('href')
    expect(href).toBe('/api/v1/exports/decisions.csv?language=ru&sort=priority')
    unmount()

    serverWith([buildReviewRow()]).as('reviewer')
    renderApp('/queue')
    await bodyRows()
    expect(screen.queryByRole('button', { name: 'Export this list' })).not.toBeInTheDocument()
  })

  it('switches to one queue from the top bar', async () => {
    const server = serverWith([buildReviewRow()])
    const { user } = renderApp('/queue')

    await user.click(await screen.findByRole('button', { name: /^Queue: ?All queues/ }))
    await user.click(await screen.findByRole('menuitem', { name: /Hate/ }))

    await waitFor(() => expect(server.calls(listReviews).at(-1)?.query).toMatchObject({ queue: ['hate'] }))
  })
})
