import { act, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ReviewRow } from '#shared/contract/reviews.ts'
import { buildReviewDetail, buildReviewRow } from '#test/support/build.ts'
import { fakeLive } from '#test/support/fake-live.ts'
import { render } from '#test/support/render.tsx'
import { followLive } from './live.ts'
import { sessionKey } from './session.ts'
import { useLiveCache } from './use-live-cache.ts'

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }))
afterEach(() => vi.useRealTimers())

function Following() {
  useLiveCache()
  return <p>here</p>
}

/** The app while `read` is what it knows of one review. */
async function follow(read: ReviewRow) {
  const live = fakeLive()
  const { queryClient } = render(<Following />)
  await screen.findByText('here')
  const stop = followLive(queryClient)
  const key = ['review', read.id]
  queryClient.setQueryData(key, buildReviewDetail({ review: read }))
  const invalidate = vi.spyOn(queryClient, 'invalidateQueries')
  const readAgain = () => invalidate.mock.calls.map(([filters]) => filters?.queryKey)
  const tell = (kinds: string[], version = read.version) =>
    live.tell('changes', {
      reviews: [{ id: read.id, version, state: 'open', queueId: read.queueId, kinds }],
      gone: [],
      accounts: [],
    })
  return { live, stop, key, queryClient, readAgain, tell }
}

describe('what is open on the screen', () => {
  it('is read again when somebody changes it, not when the change is known', async () => {
    const { stop, key, readAgain, tell } = await follow(buildReviewRow({ version: 4 }))

    await tell(['review.claimed'])
    expect(readAgain()).toEqual([])
    await tell(['review.claimed'], 5)
    expect(readAgain()).toEqual([key])
    stop()
  })

  it('is read again for what leaves the version alone', async () => {
    const { stop, key, readAgain, tell } = await follow(buildReviewRow({ version: 4 }))
    await tell(['note.written'])
    expect(readAgain()).toEqual([key])
    stop()
  })

  it('is read twice however often it changes, the second time after the last change', async () => {
    const { stop, key, readAgain, tell } = await follow(buildReviewRow())
    for (let times = 0; times < 30; times += 1) await tell(['flag.received'])
    expect(readAgain()).toEqual([key])
    await act(() => vi.advanceTimersByTimeAsync(5_000))
    expect(readAgain()).toEqual([key, key])
    stop()
  })

  it('is forgotten when it leaves the sight of the reader', async () => {
    const read = buildReviewRow()
    const { live, stop, key, queryClient } = await follow(read)
    await live.tell('changes', { reviews: [], gone: [read.id], accounts: [] })
    expect(queryClient.getQueryData(key)).toBeUndefined()
    stop()
  })

  it('is asked for with the session when the reader may see something else now', async () => {
    const { live, stop, readAgain } = await follow(buildReviewRow())
    await live.tell('reset', { reason: 'scope' })
    expect(readAgain()).toEqual([sessionKey, ['threats'], ['inbox'], ['review']])
    stop()
  })
})
