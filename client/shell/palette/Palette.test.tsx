import { screen, within } from '@testing-library/react'
import { type ReactNode, useEffect, useState } from 'react'
import { expect, it, vi } from 'vitest'
import { useKeys } from '#client/ui/use-keys.ts'
import { type Found, lookUp } from '#shared/contract/lookup.ts'
import { listQueues } from '#shared/contract/policies.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { listPeople } from '#shared/contract/team.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { render } from '#test/support/render.tsx'
import { entries } from '../entries.ts'
import { Palette } from './Palette.tsx'

const review: Found = {
  kind: 'review',
  id: crypto.randomUUID() as ReviewId,
  reference: 'DKT-48213',
  captionExcerpt: 'Три снимка. Бумаги тагута мне больше не нужны.',
  language: 'ru',
  handle: 'artyom_2',
  platform: 'vk',
  state: 'open',
}
const account: Found = {
  kind: 'account',
  id: crypto.randomUUID(),
  handle: 'artyom_2',
  displayName: 'Артём, 30',
  platform: 'vk',
  status: 'active',
}

function api() {
  return fakeApi()
    .on(lookUp, ({ query }) => ({ items: /artyom|DKT/.test(query.text) ? [review, account] : [] }))
    .on(listPeople, () => ({ items: [{ id: 'p1', name: 'Marta Kowal', role: 'supervisor' as const, isActive: true }] }))
    .on(listQueues, () => ({ items: [], languages: [], platforms: [] }))
}

const skip = vi.fn()
/** A screen with one act of its own, over which the palette is opened. */
function Below({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  useKeys({ skip, look: { down: () => {}, up: () => {} } })
  useEffect(() => setOpen(true), [])
  return isOpen ? children : null
}

function show(as: 'reviewer' | 'supervisor' = 'reviewer') {
  const onClose = vi.fn()
  const shown = entries.filter(({ name }) => name === 'queue' || name === 'decisions')
  const server = api()
  const view = render(
    <Below>
      <Palette shown={shown} onClose={onClose} />
    </Below>,
    { as },
  )
  return { ...view, onClose, server }
}

const field = () => screen.findByRole('combobox', { name: /^Search, or paste/ })
const active = () => document.getElementById(screen.getByRole('combobox').getAttribute('aria-activedescendant')!)

it('lists what this screen does and where one may go, before a word is typed', async () => {
  show()
  expect(await field()).toHaveFocus()
  const here = within(screen.getByRole('group', { name: 'On this screen' }))
  expect(here.getByRole('option', { name: /^Skip/ })).toBeVisible()
  expect(here.queryByRole('option', { name: /reveal/ })).not.toBeInTheDocument()
  const places = within(screen.getByRole('group', { name: 'Go to' }))
  expect(places.getAllByRole('option').map((option) => option.textContent)).toEqual([
    'QueueGQ',
    'DecisionsGO',
    'PreferencesGU',
    'Your sessions',
    expect.stringMatching(/^Switch to/),
  ])
})

it('does what the key would do on the screen below, once it is gone', async () => {
  const { user, onClose } = show()
  await user.type(await field(), 'skip')
  expect(active()).toHaveTextContent('Skip')
  skip.mockImplementationOnce(() => expect(onClose).toHaveBeenCalled())
  await user.keyboard('{Enter}')
  expect(skip).toHaveBeenCalledOnce()
})

it('finds what was pasted, and goes there', async () => {
  const { user, router } = show()
  await user.click(await field())
  await user.paste('DKT-48213')
  const found = within(await screen.findByRole('group', { name: 'Found' }))
  expect(found.getAllByRole('option').map((option) => option.textContent)).toEqual([
    expect.stringContaining('Бумаги тагута'),
    expect.stringContaining('Артём, 30'),
  ])
  expect(await screen.findByText(/^\d+ results$/)).toHaveAttribute('role', 'status')
  await user.keyboard('{ArrowDown}')
  expect(active()).toHaveTextContent('artyom_2')
  await user.keyboard('{ArrowUp}{Enter}')
  expect(router.state.location.pathname).toBe(`/reviews/${review.id}`)
})

it('goes to what was pasted also when Enter is struck before the server has answered', async () => {
  const { user, router } = show()
  await user.click(await field())
  await user.paste('DKT-48213')
  await user.keyboard('{Enter}')
  await vi.waitFor(() => expect(router.state.location.pathname).toBe(`/reviews/${review.id}`))
})

it('goes around at the ends of the list', async () => {
  const { user } = show()
  await field()
  await screen.findByRole('option', { name: /^Marta Kowal/ })
  const options = screen.getAllByRole('option')
  expect(active()).toBeNull()
  await user.keyboard('{Enter}{ArrowUp}')
  expect(active()).toBe(options.at(-1))
  await user.keyboard('{ArrowDown}')
  expect(active()).toBe(options[0])
})

it('names people, and their page to those who may read it', async () => {
  const { user, router } = show('supervisor')
  await user.type(await field(), 'kowal team')
  await user.click(await screen.findByRole('option', { name: /^Marta Kowal: in the team/ }))
  expect(router.state.location).toMatchObject({ pathname: '/team', search: { person: 'p1' } })
})

it('shows nobody a page that they may not read', async () => {
  const { user } = show('reviewer')
  await user.type(await field(), 'kowal')
  expect(await screen.findByRole('option', { name: /^Marta Kowal: decisions/ })).toBeVisible()
  expect(screen.queryByRole('option', { name: /in the team/ })).not.toBeInTheDocument()
})

it('searches captions for what stands for nothing', async () => {
  const { user, router } = show()
  await user.type(await field(), 'тагут')
  const options = await screen.findAllByRole('option')
  expect(options[0]).toHaveTextContent('Search captions for “тагут”')
  await user.keyboard('{Enter}')
  const place = { pathname: '/queue', search: { q: 'тагут' } }
  await vi.waitFor(() => expect(router.state.location).toMatchObject(place))
})

it('says so when the server does not answer, and keeps the commands', async () => {
  const { user, server } = show()
  server.on(lookUp, () => ({ refuse: 'internal' }))
  await user.type(await field(), 'queue')
  expect(await screen.findByText(/could not be looked up/, {}, { timeout: 5_000 })).toBeVisible()
  expect(screen.getByRole('option', { name: /^Queue/ })).toBeVisible()
})

it('closes with the stroke that opened it', async () => {
  const { user, onClose } = show()
  await user.click(await field())
  await user.keyboard('{Control>}k{/Control}')
  expect(onClose).toHaveBeenCalled()
})
