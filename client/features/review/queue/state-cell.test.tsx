import { act, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { hearPresence } from '#client/api/presence.ts'
import type { ReviewRow } from '#shared/contract/reviews.ts'
import { listPeople } from '#shared/contract/team.ts'
import { buildPerson, buildReviewRow } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { render } from '#test/support/render.tsx'
import { StateCell } from './cells.tsx'

const ana = buildPerson({ id: 'person-ana', name: 'Ana Ribeiro' })
const ben = buildPerson({ id: 'person-ben', name: 'Ben Okoye' })

async function cellOf(overrides: Partial<ReviewRow>) {
  fakeApi().on(listPeople, () => ({ items: [ana, ben] }))
  const row = buildReviewRow(overrides)
  render(<StateCell row={row} />)
  return row
}

it('says until when a review is on hold', async () => {
  const wakeAt = new Date()
  wakeAt.setHours(23, 58, 0, 0)
  await cellOf({ state: 'on_hold', wakeAt: wakeAt.toISOString() })
  expect(await screen.findByText('until 23:58')).toBeVisible()
})

it('says for whom a review waits that nobody else is offered', async () => {
  await cellOf({ assigneeId: ana.id })
  expect(await screen.findByText('for Ana')).toBeVisible()
  expect(screen.getByTitle('Only Ana Ribeiro is offered it')).toBeVisible()
})

it.each([
  [{ personId: ana.id }, 'for Ana'],
  [{ role: 'supervisor' as const }, 'for supervisors'],
])('says to whom a review was escalated', async (escalatedTo, said) => {
  await cellOf({ state: 'escalated', escalatedTo })
  expect(await screen.findByText(said)).toBeVisible()
})

it('shows who looks at it besides who holds it', async () => {
  const { id } = await cellOf({ holderId: ben.id })
  await screen.findByText('Ben')
  const reviewIds = [id]
  await act(async () =>
    hearPresence({
      isWhole: true,
      people: [
        { id: ana.id, reviewIds },
        { id: ben.id, reviewIds },
        { id: 'person-dana', reviewIds },
      ],
      gone: [],
    }),
  )
  expect(await screen.findByRole('img', { name: 'Also viewing: Ana Ribeiro' })).toBeVisible()
  await act(async () => hearPresence(null))
  expect(screen.queryByRole('img', { name: /Also viewing/ })).toBeNull()
})
