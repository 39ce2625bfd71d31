import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { addReveals, listExposure, type PersonExposure } from '#shared/contract/exposure.ts'
import { listPolicies } from '#shared/contract/policies.ts'
import { buildPolicy } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

const day = '2026-07-03'
const nothing = {
  day,
  isCounted: true,
  budget: 120,
  added: 0,
  askedAt: null,
  items: 0,
  reveals: 0,
  shownMs: 0,
  byKind: [],
}
const people: PersonExposure[] = [
  { ...nothing, personId: 'ana', name: 'Ana', reveals: 3 },
  {
    ...nothing,
    personId: 'dana',
    name: 'Dana',
    budget: 40,
    reveals: 40,
    items: 22,
    shownMs: 180_000,
    askedAt: '2026-07-03T10:05:00.000Z',
    byKind: [{ kind: '3', items: 22, reveals: 40, shownMs: 180_000 }],
  },
  { ...nothing, personId: 'person-dana', name: 'Marta', reveals: 9 },
]

function server(items = people, isCounted = true) {
  return fakeApi()
    .as('supervisor')
    .on(listExposure, ({ query }) => ({ day: query.day ?? day, isCounted, items }))
    .on(listPolicies, () => ({ items: [buildPolicy({ section: { code: '3', name: 'Violence' } })] }))
}

it('shows each person beside their own budget, by name and in no other order', async () => {
  server()
  const { user } = renderApp('/load')
  const table = await screen.findByRole('table', { name: 'Load by person' })
  const dana = await within(table).findByRole('row', { name: /Dana/ })
  expect(dana).toHaveTextContent('40 of 40')
  expect(await within(dana).findByText('Violence: posts 22, originals 40')).toBeVisible()
  expect(within(dana).getByRole('meter')).toHaveAttribute('aria-valuemax', '40')
  const names = () =>
    within(table)
      .getAllByRole('row')
      .slice(1)
      .map((row) => row.querySelector('.b')?.textContent)
  expect(names()).toEqual(['Ana', 'Dana', 'Marta'])

  for (const header of within(table).getAllByRole('columnheader')) {
    expect(within(header).queryByRole('button')).not.toBeInTheDocument()
    await user.click(header)
  }

  expect(names()).toEqual(['Ana', 'Dana', 'Marta'])
})

it('lets a supervisor add originals for somebody else who asked', async () => {
  const fake = server().on(addReveals, () => ({ budget: 60 }))
  const { user } = renderApp('/load')
  const row = await screen.findByRole('row', { name: /Dana/ })
  expect(row).toHaveTextContent(/Asked at/)

  await user.click(within(row).getByRole('button', { name: 'Add 20 originals for Dana today' }))

  expect(fake.sent(addReveals)).toEqual([{ clientId: expect.any(String), reveals: 20 }])
  expect(within(await screen.findByRole('row', { name: /Marta/ })).queryByRole('button')).not.toBeInTheDocument()
})

it('goes back a day, on which nothing can be added', async () => {
  server()
  const { user, router } = renderApp('/load')
  await user.click(await screen.findByRole('button', { name: 'The day before' }))
  expect(router.state.location.search).toEqual({ day: '2026-07-02' })
  await screen.findByText('2 Jul 2026')
  expect(screen.queryByRole('button', { name: /^Add/ })).not.toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'The day after' })).toBeEnabled()
})

it('says so where nothing is counted', async () => {
  server([], false)
  renderApp('/load')
  expect(await screen.findByText('Exposure is not counted')).toBeVisible()
})

it('is not for reviewers', async () => {
  fakeApi().as('reviewer')
  renderApp('/load')
  expect(await screen.findByRole('heading', { name: 'Not for your role' })).toBeVisible()
})
