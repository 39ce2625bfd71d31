import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { getSession, getSetup, signOut } from '#shared/contract/team.ts'
import type { Role } from '#shared/domain/permissions.ts'
import { emptyQueue } from '#test/support/empty-queue.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

function as(role: Role) {
  return emptyQueue(fakeApi())
    .as(role)
    .on(getSetup, () => ({ needed: false }))
}

/** The rail; the phone's bar has the same name and comes second. */
async function rail() {
  const [first] = await screen.findAllByRole('navigation', { name: 'Main' })
  return within(first!)
}

const lists = ['Inbox', 'Accounts', 'Decisions', 'Flags', 'Appeals']

it.each<[Role, string[]]>([
  ['reviewer', ['Queue', 'Review', ...lists, 'Policies', 'Flag by hand', 'Glossary']],
  [
    'supervisor',
    [
      'Queue',
      'Review',
      ...lists,
      ...['Reports', 'Live board', 'Audit log', 'Policies', 'Team'],
      ...['Flag by hand', 'Import', 'Deliveries', 'Exports', 'Routing', 'Glossary', 'Who holds what', 'Load'],
    ],
  ],
  [
    'admin',
    [
      'Queue',
      ...lists,
      ...['Reports', 'Live board', 'Audit log', 'Policies', 'Team'],
      ...['Flag by hand', 'Import', 'Deliveries', 'Exports', 'Routing', 'Glossary', 'Who holds what', 'Keys'],
    ],
  ],
  [
    'auditor',
    [
      'Queue',
      ...lists,
      ...['Reports', 'Live board', 'Audit log', 'Policies', 'Team'],
      ...['Deliveries', 'Exports', 'Routing', 'Glossary', 'Who holds what', 'Keys'],
    ],
  ],
])('shows the %s only what that role may open', async (role, names) => {
  as(role)
  renderApp('/policies')
  const links = (await rail()).getAllByRole('link', { hidden: true }).map((link) => link.getAttribute('aria-label'))
  expect(links).toEqual(['Docket, queue', ...names])
})

it('marks where one is and names the tab after it', async () => {
  as('reviewer')
  renderApp('/policies')
  expect((await rail()).getByRole('link', { name: 'Policies' })).toHaveAttribute('aria-current', 'page')
  expect((await rail()).getByRole('link', { name: 'Queue' })).not.toHaveAttribute('aria-current')
  await waitFor(() => expect(document.title).toMatch(/ · Docket$/))
})

it('goes to a place with G and its letter, and takes the focus there', async () => {
  as('supervisor')
  const { router } = renderApp('/policies')
  await rail()
  fireEvent.keyDown(document.body, { code: 'KeyG', key: 'g' })
  fireEvent.keyDown(document.body, { code: 'KeyQ', key: 'q' })
  await waitFor(() => expect(router.state.location.pathname).toBe('/queue'))
  await waitFor(() => expect(screen.getByRole('main')).toHaveFocus())
})

it('does not go where the person may not', async () => {
  as('reviewer')
  const { router } = renderApp('/policies')
  await rail()
  fireEvent.keyDown(document.body, { code: 'KeyG', key: 'g' })
  fireEvent.keyDown(document.body, { code: 'KeyL', key: 'l' })
  expect(router.state.location.pathname).toBe('/policies')
})

it('says so at a page that is not for the role, and asks the server for nothing', async () => {
  as('reviewer')
  renderApp('/audit')
  expect(await screen.findByRole('heading', { name: 'Not for your role' })).toBeVisible()
})

it('lists every key under the question mark and gives the focus back', async () => {
  as('reviewer')
  const { user } = renderApp('/policies')
  const home = (await rail()).getByRole('link', { name: 'Docket, queue' })
  home.focus()
  fireEvent.keyDown(home, { code: 'Slash', key: '?', shiftKey: true })
  const sheet = await screen.findByRole('dialog', { name: 'Keyboard' })
  expect(within(sheet).getByText('Keep, label, restrict, remove')).toBeInTheDocument()
  await user.click(within(sheet).getByRole('button', { name: 'Close' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  expect(home).toHaveFocus()
})

it('opens and closes the rail', async () => {
  as('reviewer')
  const { user } = renderApp('/policies')
  await user.click(await screen.findByRole('button', { name: 'Expand' }))
  expect(screen.getByRole('button', { name: 'Collapse' })).toHaveAttribute('aria-expanded', 'true')
  fireEvent.keyDown(document.body, { code: 'Backslash', key: '\\' })
  expect(await screen.findByRole('button', { name: 'Expand' })).toHaveAttribute('aria-expanded', 'false')
})

it('remembers the colour scheme', async () => {
  as('reviewer')
  const { user } = renderApp('/policies')
  await user.click(await screen.findByRole('button', { name: 'Colour scheme' }))
  await user.click(await screen.findByRole('menuitemradio', { name: 'Dark' }))
  expect(document.documentElement).toHaveAttribute('data-mantine-color-scheme', 'dark')
  expect(localStorage.getItem('docket-scheme')).toBe('dark')
})

it('signs out and forgets what was loaded', async () => {
  const api = as('reviewer').on(signOut, () => {
    api.as(null)
    return {}
  })
  const { user, router, queryClient } = renderApp('/policies')
  await user.click(await screen.findByRole('button', { name: 'Dana Ospan, reviewer' }))
  queryClient.setQueryData(['reviews'], ['secret'])
  await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/sign-in'))
  expect(queryClient.getQueryData(['reviews'])).toBeUndefined()
})

it('says so when signing out fails', async () => {
  as('reviewer').on(signOut, () => {
    throw new TypeError('Failed to fetch')
  })
  const { user } = renderApp('/policies')
  await user.click(await screen.findByRole('button', { name: 'Dana Ospan, reviewer' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }))
  expect(await screen.findByText(/You are still signed in/)).toBeInTheDocument()
})

it('leads from an address that does not exist to the queue', async () => {
  as('reviewer')
  renderApp('/nowhere')
  expect(await screen.findByText('There is nothing at this address')).toBeVisible()
  expect(screen.getByRole('link', { name: 'Open the queue' })).toHaveAttribute('href', '/queue')
})

it('offers another try when the server cannot say who is there', async () => {
  const api = as('reviewer').on(getSession, () => ({ refuse: 'internal', requestId: 'req-7' }))
  const { user } = renderApp('/policies')
  expect(await screen.findByText(/req-7/)).toBeVisible()
  api.as('reviewer')
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('button', { name: 'Dana Ospan, reviewer' })).toBeVisible()
})
