import { screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { render } from '#test/support/render.tsx'
import { currentActions, type KeyHandlers, useKeys } from './use-keys.ts'

function Screen({ handlers, isExclusive = false }: { handlers: KeyHandlers; isExclusive?: boolean }) {
  useKeys(handlers, { isExclusive })
  return <p>Here</p>
}

const nothing = () => {}
const names = () => currentActions().map(({ action }) => action)

it('names what single strokes would do, each once, and does it as the screen would now', async () => {
  const older = vi.fn()
  const newer = vi.fn()
  const { rerender } = render(
    <>
      <Screen handlers={{ note: older, skip: nothing }} />
      <Screen handlers={{ note: newer }} />
    </>,
  )
  await screen.findAllByText('Here')
  expect(names().toSorted()).toEqual(['note', 'skip'])
  currentActions()
    .find(({ action }) => action === 'note')!
    .run()
  expect(newer).toHaveBeenCalledOnce()
  expect(older).not.toHaveBeenCalled()
  rerender(<p>Elsewhere</p>)
  expect(names()).toEqual([])
})

it('leaves out what is held, repeated or picked by number, and all that a menu has taken over', async () => {
  render(<Screen handlers={{ up: nothing, clause: nothing, look: { down: nothing, up: nothing }, keep: nothing }} />)
  await screen.findByText('Here')
  expect(names()).toEqual(['keep'])
})

it('ends with a menu that has the keyboard to itself', async () => {
  render(
    <>
      <Screen handlers={{ keep: nothing }} />
      <Screen handlers={{ menuChoice: nothing, close: nothing }} isExclusive />
    </>,
  )
  await screen.findAllByText('Here')
  expect(names()).toEqual(['close'])
})
