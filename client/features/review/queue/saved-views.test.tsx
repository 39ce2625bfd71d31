import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import { countReviews, getReview, listReviews } from '#shared/contract/reviews.ts'
import { listPeople } from '#shared/contract/team.ts'
import {
  changeView,
  countViews,
  deleteView,
  listViews,
  orderViews,
  type SavedView,
  saveView,
  type ViewId,
} from '#shared/contract/views.ts'
import { buildPage, buildQueue, buildReviewRow } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

const none = { value: 0, exact: true }

const buildView = (overrides: Partial<SavedView> = {}): SavedView => ({
  id: crypto.randomUUID() as ViewId,
  name: 'Russian',
  isShared: false,
  ownerId: 'person-dana',
  query: { language: ['ru'], sort: 'due' },
  columns: null,
  density: null,
  isMine: true,
  ...overrides,
})

/** Views as the server keeps them. */
function serverWith(views: SavedView[]) {
  return fakeApi()
    .on(getReview, () => ({ refuse: 'not_found' }))
    .on(listReviews, () => buildPage([buildReviewRow({ claimedPlace: 'Mosul' })]))
    .on(countReviews, () => ({
      byState: { open: none, on_hold: none, escalated: none, confirming: none, decided: none },
      mine: 0,
      byQueue: [],
    }))
    .on(listPolicies, () => ({ items: [] }))
    .on(listPeople, () => ({ items: [] }))
    .on(listQueues, () => ({ items: [buildQueue()], languages: ['ru'], platforms: [] }))
    .on(listViews, () => ({ items: views }))
    .on(countViews, () => ({ items: views.map(({ id }) => ({ viewId: id, value: 46, exact: true })) }))
    .on(saveView, ({ body: { clientId: _, ...body } }) => {
      const saved = buildView({ ...body })
      views.push(saved)
      return saved
    })
    .on(changeView, ({ params, body }) => {
      const at = views.findIndex(({ id }) => id === params.viewId)
      views[at] = { ...views[at]!, ...(body as Partial<SavedView>) }
      return views[at]
    })
    .on(orderViews, ({ body }) => {
      views.sort((a, b) => body.viewIds.indexOf(a.id) - body.viewIds.indexOf(b.id))
      return {}
    })
    .on(deleteView, ({ params }) => {
      views.splice(
        views.findIndex(({ id }) => id === params.viewId),
        1,
      )
      return {}
    })
}

const tabs = async () => within(await screen.findByRole('navigation', { name: 'Views' })).findAllByRole('link')
const names = async () => (await tabs()).map((tab) => tab.textContent).slice(7)

it('opens a view with its filters, order and columns, and goes on to the next by key', async () => {
  const views = [
    buildView({ columns: ['caption', 'place'] }),
    buildView({ name: 'Held', query: { state: ['on_hold'], sort: 'priority' } }),
  ]
  const api = serverWith(views)
  const { user, router } = renderApp('/queue')
  await user.click(await screen.findByRole('link', { name: 'Russian 46' }))
  await waitFor(() => expect(api.calls(listReviews).at(-1)?.query).toMatchObject({ language: ['ru'], sort: 'due' }))
  expect(await screen.findByRole('columnheader', { name: 'Claimed place' })).toBeVisible()
  expect(screen.queryByRole('columnheader', { name: 'Account' })).toBeNull()
  expect(screen.getByRole('link', { name: 'Russian 46' })).toHaveAttribute('aria-current', 'page')

  await user.keyboard(']')
  await waitFor(() => expect(router.state.location.search).toEqual({ tab: 'on_hold', view: views[1]!.id }))
  await user.keyboard(']')
  await waitFor(() => expect(router.state.location.search).toEqual({}))
})

it('saves the list as it stands, and only supervisors for everybody', async () => {
  const api = serverWith([])
  const { user, router, unmount } = renderApp('/queue?language=ru&reach=1000..&sort=due')
  await user.click(await screen.findByRole('button', { name: 'Save this list as a view' }))
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Far-reaching')
  expect(screen.queryByRole('checkbox', { name: 'Everybody has it' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Save the view' }))
  await waitFor(() => expect(router.state.location.search).toHaveProperty('view'))
  expect(api.sent(saveView)).toMatchObject([
    { name: 'Far-reaching', isShared: false, query: { language: ['ru'], reachMin: 1000, sort: 'due' } },
  ])
  expect(await screen.findByRole('link', { name: 'Far-reaching 46' })).toHaveAttribute('aria-current', 'page')
  expect(router.state.location.search).toMatchObject({ language: 'ru', reach: '1000..', sort: 'due' })
  unmount()

  serverWith([]).as('supervisor')
  const other = renderApp('/queue')
  await other.user.click(await screen.findByRole('button', { name: 'Save this list as a view' }))
  expect(await screen.findByRole('checkbox', { name: 'Everybody has it' })).toBeVisible()
})

it('renames, puts in another order, takes up changed filters and deletes', async () => {
  const views = [buildView(), buildView({ name: 'Second' })]
  const api = serverWith(views)
  const { user, router } = renderApp(`/queue?language=ru&sort=due&hasMedia=true&view=${views[1]!.id}`)
  expect(await screen.findByText('changed')).toBeVisible()
  await user.click(await screen.findByRole('button', { name: 'Change the view Second' }))
  await user.click(await screen.findByRole('button', { name: 'Move before' }))
  await waitFor(async () => expect(await names()).toEqual(['Second 46', 'Russian 46']))
  await user.clear(screen.getByRole('textbox', { name: 'Name' }))
  await user.type(screen.getByRole('textbox', { name: 'Name' }), 'With pictures')
  await user.click(screen.getByRole('button', { name: 'Save the name' }))
  await waitFor(async () => expect((await names())[0]).toBe('With pictures 46'))
  await user.click(screen.getByRole('button', { name: 'Save the present filters and columns' }))
  await waitFor(() => expect(screen.queryByText('changed')).toBeNull())
  expect(api.sent(changeView).at(-1)).toMatchObject({ query: { language: ['ru'], hasMedia: true } })

  await user.click(await screen.findByRole('button', { name: 'Change the view With pictures' }))
  await user.click(await screen.findByRole('button', { name: 'Delete' }))
  await user.click(await screen.findByRole('button', { name: 'Delete the view' }))
  await waitFor(async () => expect(await names()).toEqual(['Russian 46']))
  expect(router.state.location.search).not.toHaveProperty('view')
})

it('lets others’ shared views be put in order only', async () => {
  const view = buildView({ isShared: true, isMine: false, ownerId: 'person-marta' })
  serverWith([view])
  const { user } = renderApp(`/queue?language=ru&sort=due&view=${view.id}`)
  await user.click(await screen.findByRole('button', { name: 'Change the view Russian' }))
  expect(await screen.findByRole('button', { name: 'Move after' })).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull()
  expect(screen.queryByRole('textbox', { name: 'Name' })).toBeNull()
})
