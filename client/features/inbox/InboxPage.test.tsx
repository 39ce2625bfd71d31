import { useQuery } from '@tanstack/react-query'
import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { inboxCountQuery, useReadOnOpen } from '#client/api/inbox.ts'
import { countInbox, type InboxItem, listInbox, markInbox } from '#shared/contract/inbox.ts'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import { claimReview, getReview } from '#shared/contract/reviews.ts'
import { listPeople } from '#shared/contract/team.ts'
import { buildPerson } from '#test/support/build.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { render, renderApp } from '#test/support/render.tsx'

const me = buildSession().person
const ana = buildPerson({ id: 'person-ana', name: 'Ana Ribeiro' })
const marta = buildPerson({ id: 'person-marta', name: 'Marta Kowal' })

function buildItem(overrides: Partial<InboxItem> = {}): InboxItem {
  const id = crypto.randomUUID()
  return {
    id,
    kind: 'mention',
    at: '2026-07-03T10:00:00Z',
    isRead: false,
    byId: ana.id,
    review: {
      id: crypto.randomUUID(),
      reference: 'DKT-48213',
      captionExcerpt: 'Бумаги тагута',
      language: 'ru',
      queueId: 'extremism',
    },
    account: { id: crypto.randomUUID(), handle: 'artyom_2', platform: 'vk' },
    noteId: crypto.randomUUID(),
    text: `Ask <@${me.id}>, please look.`,
    ...overrides,
  }
}

function serverWith(items: InboxItem[]) {
  const unread = () => items.filter(({ isRead }) => !isRead)
  return fakeApi()
    .on(listPeople, () => ({ items: [ana, marta, buildPerson({ id: me.id, name: me.name })] }))
    .on(listQueues, () => ({
      items: [{ id: 'extremism', name: 'Extremism', targetMs: 1 }],
      languages: [],
      platforms: [],
    }))
    .on(countInbox, () => ({ unread: { value: unread().length, exact: true } }))
    .on(listInbox, ({ query }) => {
      const shown = query.isRead === undefined ? items : unread()
      return { items: shown, nextCursor: null, previousCursor: null, count: { value: shown.length, exact: true } }
    })
    .on(markInbox, ({ body }) => {
      for (const item of items) {
        const isMeant =
          'ids' in body.which ? body.which.ids.includes(item.id) : 'upTo' in body.which && item.id <= body.which.upTo
        if (isMeant) item.isRead = body.isRead
      }
      return {}
    })
}

/** On the rail and on the tab bar of a phone. */
const unreadLinks = (count: number) => screen.findAllByRole('link', { name: `Inbox, ${count} unread` })

it('says who did what, where, and in what words', async () => {
  serverWith([
    buildItem(),
    buildItem({ kind: 'escalation', byId: marta.id, text: 'A member of parliament.', isRead: true }),
    buildItem({ kind: 'woken', byId: null, text: null }),
  ])
  renderApp('/inbox')

  const [mention, escalation, woken] = within(await screen.findByRole('list', { name: 'Inbox' })).getAllByRole(
    'listitem',
  )

  await waitFor(() => expect(mention).toHaveTextContent('Unread: Ana Ribeiro mentioned you'))
  expect(mention).toHaveTextContent('DKT-48213')
  await waitFor(() => expect(mention).toHaveTextContent('Extremism'))
  await waitFor(() => expect(mention).toHaveTextContent('Ask @You, please look.'))
  expect(escalation).toHaveTextContent(/^Marta Kowal escalated to you/)
  expect(woken).toHaveTextContent('Your hold ended')
  expect((await unreadLinks(2))[0]).toBeVisible()
})

it('is reached by G and M', async () => {
  serverWith([buildItem()]).on(listPolicies, () => ({ items: [] }))
  const { user, router } = renderApp('/policies')
  await unreadLinks(1)

  await user.keyboard('gm')

  await waitFor(() => expect(router.state.location.pathname).toBe('/inbox'))
})

it('opens the review and marks it as read', async () => {
  const item = buildItem()
  const server = serverWith([item])
    .on(getReview, () => ({ refuse: 'not_found' }))
    .on(claimReview, () => ({ refuse: 'not_found' }))
    .on(listPolicies, () => ({ items: [] }))
  const { user, router } = renderApp('/inbox')

  await user.click(await screen.findByRole('link', { name: /mentioned you/ }))

  await waitFor(() => expect(router.state.location.pathname).toBe(`/reviews/${item.review!.id}`))
  expect(server.sent(markInbox)).toEqual([{ which: { ids: [item.id] }, isRead: true }])
  await waitFor(() => expect(screen.getAllByRole('link', { name: 'Inbox' })).toHaveLength(2))
})

it('opens the account where no review is meant', async () => {
  const item = buildItem({ review: null, kind: 'answer' })
  serverWith([item])
  renderApp('/inbox')

  expect(await screen.findByRole('link', { name: /answered/ })).toHaveAttribute('href', `/accounts/${item.account.id}`)
})

it('marks all as read, and one as unread again', async () => {
  const items = [buildItem({ id: 'f0000000-0000-7000-8000-000000000000' }), buildItem({ kind: 'assignment' })]
  const server = serverWith(items)
  const { user } = renderApp('/inbox')

  await user.click(await screen.findByRole('button', { name: 'Mark all as read' }))
  await waitFor(() => expect(screen.getByRole('button', { name: 'Mark all as read' })).toBeDisabled())
  expect(server.sent(markInbox)).toEqual([{ which: { upTo: items[0]!.id }, isRead: true }])
  await user.click(screen.getByRole('button', { name: 'Mark as unread: Ana Ribeiro assigned you a review, DKT-48213' }))

  expect((await unreadLinks(1))[0]).toBeVisible()
})

it('moves along the items by the arrows', async () => {
  serverWith([buildItem(), buildItem({ kind: 'hand_over' })])
  const { user } = renderApp('/inbox')
  await screen.findByRole('list', { name: 'Inbox' })

  await user.keyboard('{ArrowDown}{ArrowDown}')

  expect(screen.getByRole('link', { name: /handed a review over to you/ })).toHaveFocus()
})

it('says so when nothing is unread, and leads to all', async () => {
  serverWith([buildItem({ isRead: true })])
  const { user } = renderApp('/inbox?unread=true')

  expect(await screen.findByText('Nothing unread')).toBeVisible()
  await user.click(screen.getByRole('link', { name: 'Show all' }))

  expect(await screen.findByRole('list', { name: 'Inbox' })).toBeVisible()
})

it('says what failed when it cannot be read', async () => {
  serverWith([]).on(listInbox, () => ({ refuse: 'internal' }))
  renderApp('/inbox')

  expect(await screen.findByText('The inbox could not be read')).toBeVisible()
})

it('counts what tells of a review as read once it was open for a while', async () => {
  const item = buildItem()
  const server = serverWith([item]).on(markInbox, ({ body }) => {
    item.isRead = 'reviewId' in body.which && body.which.reviewId === item.review!.id
    return {}
  })
  function Open() {
    useReadOnOpen(item.review!.id)
    return <span>{useQuery(inboxCountQuery).data?.value} unread</span>
  }
  render(<Open />)
  expect(await screen.findByText('1 unread')).toBeVisible()

  expect(await screen.findByText('0 unread', {}, { timeout: 4_000 })).toBeVisible()
  expect(server.sent(markInbox)).toHaveLength(1)
})
