import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { hearPresence } from '#client/api/presence.ts'
import { listQueues } from '#shared/contract/policies.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { listPeople } from '#shared/contract/team.ts'
import { assignReview, type HeldReview, listHeld, takeOver } from '#shared/contract/turns.ts'
import { buildPerson, buildQueue } from '#test/support/build.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { fakeLive } from '#test/support/fake-live.ts'
import { renderApp } from '#test/support/render.tsx'

const ana = buildPerson({ id: 'person-ana', name: 'Ana Ribeiro', role: 'reviewer' })
const ravi = buildPerson({ id: 'person-ravi', name: 'Ravi Shah', role: 'reviewer' })
const marta = buildPerson({ id: 'person-marta', name: 'Marta Lind', role: 'supervisor' })

let number = 500
function held(holderId: string, overrides: Partial<HeldReview> = {}): HeldReview {
  number += 1
  return {
    reviewId: crypto.randomUUID() as ReviewId,
    reference: `DKT-${number}`,
    version: 3,
    queueId: 'extremism',
    holderId,
    takenAt: new Date(Date.now() - 120_000).toISOString(),
    expiresAt: new Date(Date.now() + 180_000).toISOString(),
    ...overrides,
  }
}

function serverWith(items: () => HeldReview[], role: 'supervisor' | 'admin' | 'reviewer' = 'supervisor') {
  return fakeApi()
    .as(buildSession(role, { id: marta.id, name: marta.name }))
    .on(listHeld, () => ({ items: items(), cap: 20 }))
    .on(listPeople, () => ({ items: [ana, ravi, marta] }))
    .on(listQueues, () => ({ items: [buildQueue()], languages: [], platforms: [] }))
}

const handOf = (name: string) => screen.findByRole('region', { name })

describe('who holds what', () => {
  it('stands by person, the fullest hand first, with how full it is', async () => {
    const items = [held(ana.id), held(ravi.id), held(ravi.id)]
    serverWith(() => items)
    renderApp('/leases')
    await handOf('Ravi Shah')
    const names = screen.getAllByRole('region').map((each) => each.getAttribute('aria-label'))
    expect(names).toEqual(['Ravi Shah', 'Ana Ribeiro'])
    expect(within(await handOf('Ravi Shah')).getByRole('img', { name: 'Ravi Shah: 2 of 20 in hand' })).toBeVisible()
    const row = within(await handOf('Ana Ribeiro')).getByRole('row', { name: items[0]!.reference })
    expect(row).toHaveTextContent('2 min ago')
    expect(row).toHaveTextContent(/[23]:\d\d/)
    expect(screen.getByText('3 reviews in hand, 2 people')).toBeVisible()
  })

  it('says who is here, and who has the review on the screen', async () => {
    const items = [held(ana.id)]
    serverWith(() => items)
    renderApp('/leases')
    const hand = await handOf('Ana Ribeiro')
    expect(hand).toHaveTextContent('Not here')
    await act(async () =>
      hearPresence({ isWhole: true, people: [{ id: ana.id, reviewIds: [items[0]!.reviewId] }], gone: [] }),
    )
    expect(hand).toHaveTextContent('Here now')
    expect(within(hand).getByTitle('On the screen')).toBeVisible()
  })

  it('is read again when a review changes hands', async () => {
    const live = fakeLive()
    let items = [held(ana.id)]
    const server = serverWith(() => items)
    renderApp('/leases')
    await handOf('Ana Ribeiro')
    items = [held(ravi.id)]
    const [{ reviewId: id }] = items as [HeldReview]
    await live.tell('changes', {
      reviews: [{ id, version: 4, state: 'open', queueId: 'extremism', kinds: ['review.taken_over'] }],
      gone: [],
      accounts: [],
    })
    await handOf('Ravi Shah')
    expect(server.calls(listHeld).length).toBeLessThan(4)
  })

  it('says so when nobody holds anything', async () => {
    serverWith(() => [])
    renderApp('/leases')
    expect(await screen.findByRole('heading', { name: 'Nobody holds a review' })).toBeVisible()
  })

  it('is not for reviewers', async () => {
    serverWith(() => [], 'reviewer')
    renderApp('/leases')
    await screen.findByRole('main')
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Who holds what' })).toBeNull())
  })

  it('is only read by those who assign nothing', async () => {
    const items = [held(ana.id)]
    serverWith(() => items, 'admin')
    renderApp('/leases')
    const hand = await handOf('Ana Ribeiro')
    expect(within(hand).queryByRole('button')).toBeNull()
  })
})

describe('out of a hand', () => {
  it('a review is taken over by key, and the next one is in line', async () => {
    const [one, two] = [held(ana.id), held(ana.id)]
    let items = [one, two]
    const server = serverWith(() => items).on(takeOver, () => {
      items = [two]
      return { lease: { holderId: marta.id, takenAt: one.takenAt, expiresAt: one.expiresAt }, version: 4 }
    })
    const { user } = renderApp('/leases')
    await handOf('Ana Ribeiro')
    await user.keyboard('{ArrowDown}')
    expect(screen.getByRole('row', { name: one.reference })).toHaveFocus()
    await user.keyboard('{Shift>}g{/Shift}')
    await waitFor(() => expect(screen.queryByRole('row', { name: one.reference })).toBeNull())
    expect(server.calls(takeOver)).toMatchObject([{ params: { reviewId: one.reviewId }, body: { version: 3 } }])
    expect(screen.getByRole('row', { name: two.reference })).toHaveAttribute('tabindex', '0')
  })

  it('goes to a colleague who is found by name', async () => {
    const items = [held(ana.id)]
    const server = serverWith(() => items).on(assignReview, () => ({ version: 4 }))
    const { user } = renderApp('/leases')
    await handOf('Ana Ribeiro')
    await user.keyboard('{ArrowDown}{Shift>}a{/Shift}')
    await user.type(await screen.findByRole('combobox', { name: 'To whom' }), 'rav{Enter}')
    await waitFor(() => expect(server.sent(assignReview)).toMatchObject([{ personId: ravi.id, version: 3 }]))
  })

  it('goes back to the queue', async () => {
    const items = [held(ana.id)]
    const server = serverWith(() => items).on(assignReview, () => ({ version: 4 }))
    const { user } = renderApp('/leases')
    await user.click(await screen.findByRole('button', { name: `Give back ${items[0]!.reference} to the queue` }))
    await waitFor(() => expect(server.sent(assignReview)).toMatchObject([{ personId: null }]))
  })

  it('says that it was too late, or that the person may not take it', async () => {
    const items = [held(ana.id)]
    let code: 'version_changed' | 'cannot_take' = 'version_changed'
    serverWith(() => items).on(assignReview, () => ({ refuse: code }))
    const { user } = renderApp('/leases')
    const button = await screen.findByRole('button', { name: /^Give back/ })
    await user.click(button)
    expect(await screen.findByText(/is not in that hand any more/)).toBeVisible()
    code = 'cannot_take'
    await user.click(button)
    expect(await screen.findByText(/may not take reviews of this queue/)).toBeVisible()
  })
})
