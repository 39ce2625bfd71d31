import { act, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { tellPresence } from '#shared/contract/presence.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { fakeLive } from '#test/support/fake-live.ts'
import { render } from '#test/support/render.tsx'
import { followLive } from './live.ts'
import { hearPresence, usePresence, usePresent, useViewers, useViewing } from './presence.ts'
import { createQueryClient } from './query-client.ts'

const [one, two] = [crypto.randomUUID() as ReviewId, crypto.randomUUID() as ReviewId]

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }))
afterEach(() => {
  vi.useRealTimers()
  act(() => hearPresence(null))
})

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))

function Desk({ reviewId }: { reviewId: ReviewId }) {
  useViewing(reviewId)
  return null
}

function Page({ shown }: { shown: ReviewId | null }) {
  usePresence()
  return (
    <>
      {shown ? <Desk reviewId={shown} /> : null}
      <p>here: {[...usePresent().keys()].sort().join(' ')}</p>
      <p>at it: {useViewers(one).join(' ')}</p>
    </>
  )
}

async function open(shown: ReviewId | null) {
  const live = fakeLive()
  const server = fakeApi()
  const stop = followLive(createQueryClient())
  const view = render(<Page shown={shown} />)
  await screen.findByText(/^here:/)
  await pass(200)
  return { live, server, stop, ...view }
}

const said = (server: ReturnType<typeof fakeApi>) =>
  (server.sent(tellPresence) as { reviewId: string | null }[]).map(({ reviewId }) => reviewId)

describe('a page', () => {
  it('says that it is there and what it shows, again every twelve seconds', async () => {
    const { server, stop } = await open(one)
    expect(said(server)).toEqual([one])
    await pass(24_500)
    expect(said(server)).toEqual([one, one, one])
    stop()
  })

  it('says nothing while nobody looks, or when it was not used for five minutes', async () => {
    const { server, stop } = await open(null)
    expect(said(server)).toEqual([null])
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
    await pass(30_000)
    expect(said(server)).toHaveLength(1)
    hidden.mockRestore()
    await pass(6 * 60_000)
    const silent = said(server).length
    await pass(60_000)
    expect(said(server)).toHaveLength(silent)
    act(() => void window.dispatchEvent(new Event('pointermove')))
    await pass(200)
    expect(said(server)).toHaveLength(silent + 1)
    stop()
  })
})

describe('who is there', () => {
  it('is what the stream told, all of them first and then what changed', async () => {
    const { live, stop } = await open(null)
    await live.tell('presence', {
      isWhole: true,
      people: [
        { id: 'ana', reviewIds: [one, two] },
        { id: 'ben', reviewIds: [] },
      ],
      gone: [],
    })
    expect(screen.getByText('here: ana ben')).toBeVisible()
    expect(screen.getByText('at it: ana')).toBeVisible()
    await live.tell('presence', { isWhole: false, people: [{ id: 'ben', reviewIds: [one] }], gone: [] })
    expect(screen.getByText('at it: ana ben')).toBeVisible()
    await live.tell('presence', { isWhole: false, people: [], gone: ['ana'] })
    expect(screen.getByText('here: ben')).toBeVisible()
    expect(screen.getByText('at it: ben')).toBeVisible()
    await live.tell('presence', { isWhole: true, people: [{ id: 'ana', reviewIds: [] }], gone: [] })
    expect(screen.getByText('here: ana')).toBeVisible()
    stop()
  })

  it('is forgotten when the stream is dead, until it tells again', async () => {
    const { live, stop } = await open(null)
    await live.tell('presence', { isWhole: true, people: [{ id: 'ana', reviewIds: [one] }], gone: [] })
    expect(screen.getByText('here: ana')).toBeVisible()
    await pass(41_000)
    expect(screen.getByText('here:')).toBeVisible()
    stop()
  })
})
