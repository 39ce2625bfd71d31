import { act, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeLive } from '#test/support/fake-live.ts'
import { render } from '#test/support/render.tsx'
import { followLive, type LiveListener, useLive, useOffline } from './live.ts'
import { createQueryClient } from './query-client.ts'
import { sessionKey } from './session.ts'

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }))
afterEach(() => vi.useRealTimers())

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))
const nothing = { reviews: [], gone: [], accounts: [] }

function Listener(listener: LiveListener) {
  useLive(listener)
  return <p>{useOffline() ? 'off' : 'on'}</p>
}

async function listen(listener: LiveListener = {}) {
  const live = fakeLive()
  const queryClient = createQueryClient()
  queryClient.setQueryData(sessionKey, 'somebody')
  const stop = followLive(queryClient)
  render(<Listener {...listener} />)
  await screen.findByText('on')
  return { live, stop, queryClient }
}

describe('the stream of changes', () => {
  it('tells everybody who listens what changed', async () => {
    const onChanges = vi.fn()
    const { live, stop } = await listen({ onChanges })
    await live.tell('changes', { ...nothing, gone: [] })
    expect(onChanges).toHaveBeenCalledWith(nothing)
    stop()
    expect(live.isOpen()).toBe(false)
  })

  it('resumes after the last message when it has heard nothing for too long', async () => {
    const { live, stop } = await listen()
    await live.tell('beat', {})
    await pass(30_000)
    await live.tell('beat', {})
    await pass(41_000)
    expect(live.urls()).toEqual(['/api/v1/live', '/api/v1/live?after=102'])
    stop()
  })

  it('says that it is off only when a break does not mend itself', async () => {
    const { live, stop } = await listen()
    await live.breakOff()
    await pass(2_000)
    await live.tell('beat', {})
    await pass(5_000)
    expect(screen.getByText('on')).toBeVisible()

    await live.breakOff()
    await pass(5_000)
    expect(screen.getByText('off')).toBeVisible()
    await live.tell('beat', {})
    expect(screen.getByText('on')).toBeVisible()
    stop()
  })

  it('asks who is signed in when it is refused, and tries again later', async () => {
    const { live, stop, queryClient } = await listen()
    await live.tell('beat', {})
    await live.breakOff('for good')
    expect(queryClient.getQueryState(sessionKey)?.isInvalidated).toBe(true)
    await pass(4_000)
    expect(live.urls()).toEqual(['/api/v1/live', '/api/v1/live?after=101'])
    stop()
  })

  it('looks by itself now and then while nothing is told', async () => {
    const onReset = vi.fn()
    const { live, stop } = await listen({ onReset })
    await live.breakOff()
    await pass(36_000)
    expect(onReset).toHaveBeenCalledWith('gap')
    stop()
  })

  it('says when not everything was told', async () => {
    const onReset = vi.fn()
    const { live, stop } = await listen({ onReset })
    await live.tell('reset', { reason: 'many' })
    expect(onReset).toHaveBeenLastCalledWith('many')
    stop()
  })

  it('gives the connection back while nobody looks', async () => {
    const { live, stop } = await listen()
    await live.tell('beat', {})
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
    document.dispatchEvent(new Event('visibilitychange'))
    await pass(31_000)
    expect(live.isOpen()).toBe(false)

    hidden.mockReturnValue(false)
    document.dispatchEvent(new Event('visibilitychange'))
    expect(live.urls()).toEqual(['/api/v1/live', '/api/v1/live?after=101'])
    hidden.mockRestore()
    stop()
  })
})
