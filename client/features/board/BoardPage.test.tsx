import { act, screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { hearPresence } from '#client/api/presence.ts'
import { type Board, type BoardQueue, getBoard } from '#shared/contract/board.ts'
import { listQueues } from '#shared/contract/policies.ts'
import { listPeople } from '#shared/contract/team.ts'
import { buildPerson } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { fakeLive } from '#test/support/fake-live.ts'
import { renderApp } from '#test/support/render.tsx'

const countedAt = '2026-07-03T10:00:00.000Z'
const exactly = (value: number) => ({ value, exact: true })
const names = [
  'waiting',
  'overdue',
  'dueSoon',
  'onHold',
  'escalated',
  'confirming',
  'opened',
  'decided',
  'appeals',
] as const

function buildQueue(overrides: Partial<BoardQueue> = {}): BoardQueue {
  const none = Object.fromEntries(names.map((name) => [name, exactly(0)])) as Record<
    (typeof names)[number],
    BoardQueue['waiting']
  >
  return { queueId: 'hate', oldestAt: null, inHand: 0, ...none, ...overrides }
}

function server(board: Partial<Board> = {}) {
  const queues = [
    buildQueue({
      waiting: exactly(12),
      overdue: exactly(3),
      dueSoon: exactly(2),
      decided: exactly(7),
      inHand: 2,
      oldestAt: '2026-07-02T04:00:00.000Z',
    }),
    buildQueue({ queueId: 'calm', waiting: { value: 10_000, exact: false } }),
  ]
  const people = [
    { personId: 'person-zoe', isHere: false, held: [{ queueId: 'hate', count: 2 }] },
    { personId: 'person-ana', isHere: true, held: [] },
  ]
  return fakeApi()
    .as('supervisor')
    .on(getBoard, () => ({ countedAt, queues, people, ...board }))
    .on(listPeople, () => ({
      items: [
        buildPerson({ id: 'person-zoe', name: 'Zoë Adams' }),
        buildPerson({ id: 'person-ana', name: 'Ana Ribeiro' }),
        buildPerson({ id: 'person-pavel', name: 'Pavel Novák', role: 'auditor' }),
      ],
    }))
    .on(listQueues, () => ({
      items: [
        { id: 'hate', name: 'Hate', targetMs: 1 },
        { id: 'calm', name: 'Calm', targetMs: 1 },
      ],
      languages: [],
      platforms: [],
    }))
}

afterEach(() => hearPresence(null))

it('leads from each figure to the list it was counted from', async () => {
  server()
  renderApp('/board')
  const table = await screen.findByRole('table', { name: 'Queues' })
  const hate = await within(table).findByRole('row', { name: /^Hate/ })

  const to = (name: string) =>
    new URL(within(hate).getByRole('link', { name }).getAttribute('href')!, 'http://docket').searchParams
  expect(Object.fromEntries(to('Waiting, Hate: 12'))).toEqual({ queue: 'hate' })
  expect(Object.fromEntries(to('Overdue, Hate: 3'))).toEqual({ queue: 'hate', due: '..2026-07-03T09:59:59.999Z' })
  expect(Object.fromEntries(to('Due within 1 h, Hate: 2'))).toEqual({
    queue: 'hate',
    due: `${countedAt}..2026-07-03T11:00:00.000Z`,
  })
  expect(Object.fromEntries(to('In hand, Hate: 2'))).toEqual({ queue: 'hate', holder: 'person-zoe' })
  expect(Object.fromEntries(to('Decided, last hour, Hate: 7'))).toEqual({
    queue: 'hate',
    from: '2026-07-03T09:00:00.000Z',
    to: countedAt,
  })
  expect(within(hate).queryByRole('link', { name: /Escalated/ })).not.toBeInTheDocument()
})

it('adds up all queues, as at least so many where one is', async () => {
  server()
  renderApp('/board')
  expect(await screen.findByRole('link', { name: 'Waiting, All queues: 10,012+' })).toHaveAttribute('href', '/queue')
  expect(screen.getByRole('link', { name: 'Overdue, All queues: 3' })).toBeVisible()
})

it('names who is here and what they hold, by name', async () => {
  server()
  renderApp('/board')
  const people = within(await screen.findByRole('list', { name: 'On shift' }))
  await waitFor(() =>
    expect(people.getAllByRole('listitem').map(({ textContent }) => textContent)[0]).toMatch(/Ana Ribeiro/),
  )
  expect(people.getByRole('link', { name: 'Zoë Adams holds 2 reviews of Hate' })).toHaveAttribute(
    'href',
    '/queue?queue=hate&holder=person-zoe',
  )

  act(() =>
    hearPresence({
      isWhole: true,
      people: [
        { id: 'person-zoe', reviewIds: [] },
        { id: 'person-pavel', reviewIds: [] },
      ],
      gone: [],
    }),
  )

  await waitFor(() => expect(people.getByText('Zoë Adams').parentElement).toHaveTextContent('Here now'))
  expect(people.getByText('Ana Ribeiro').parentElement).toHaveTextContent('Not here')
  expect(people.queryByText('Pavel Novák')).not.toBeInTheDocument()
})

it('follows what happens without being read anew', async () => {
  let waiting = 12
  const fake = server().on(getBoard, () => ({
    countedAt,
    people: [],
    queues: [buildQueue({ waiting: exactly(waiting) })],
  }))
  const live = fakeLive()
  renderApp('/board')
  expect(await screen.findByRole('link', { name: 'Waiting, Hate: 12' })).toBeVisible()
  await live.tell('reset', { reason: 'start' })
  waiting = 11

  const id = '01900000-0000-7000-8000-000000000001' as never
  await live.tell('changes', {
    reviews: [{ id, version: 2, state: 'decided', queueId: 'hate', kinds: ['review.decided'] }],
    gone: [],
    accounts: [],
  })

  expect(await screen.findByRole('link', { name: 'Waiting, Hate: 11' })).toBeVisible()
  expect(fake.calls(getBoard)).toHaveLength(2)
})

it('is not for reviewers', async () => {
  fakeApi().as('reviewer')
  renderApp('/board')
  expect(await screen.findByRole('heading', { name: 'Not for your role' })).toBeVisible()
})

it('says what failed when it cannot be read', async () => {
  server().on(getBoard, () => ({ refuse: 'internal' }))
  renderApp('/board')
  expect(await screen.findByText('The board did not load')).toBeVisible()
})
