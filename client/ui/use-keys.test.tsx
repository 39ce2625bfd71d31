import { fireEvent, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { render } from '#test/support/render.tsx'
import { isTyping, type KeyHandlers, useKeys } from './use-keys.ts'

function Bound({ handlers, isExclusive = false }: { handlers: KeyHandlers; isExclusive?: boolean }) {
  useKeys(handlers, { isExclusive })
  return (
    <>
      <input aria-label="Note" />
      <input type="checkbox" aria-label="Tick" />
      <button type="button">Press</button>
    </>
  )
}

async function bound(handlers: KeyHandlers) {
  const view = render(<Bound handlers={handlers} />)
  await screen.findByRole('textbox', { name: 'Note' })
  return view
}

it('goes by the place of the key, whatever the layout writes there', async () => {
  const remove = vi.fn()
  await bound({ remove })
  fireEvent.keyDown(document.body, { code: 'KeyR', key: 'к' })
  expect(remove).toHaveBeenCalledOnce()
})

it('tells which digit was struck', async () => {
  const clause = vi.fn()
  await bound({ clause })
  fireEvent.keyDown(document.body, { code: 'Digit3', key: '3' })
  expect(clause).toHaveBeenCalledWith(expect.anything(), 2)
})

it('is silent in a text field, except for what is meant for it', async () => {
  const [remove, submitFromNote] = [vi.fn(), vi.fn()]
  await bound({ remove, submitFromNote })
  const field = screen.getByRole('textbox', { name: 'Note' })
  fireEvent.keyDown(field, { code: 'KeyR', key: 'r' })
  fireEvent.keyDown(field, { code: 'Enter', key: 'Enter', ctrlKey: true })
  expect(remove).not.toHaveBeenCalled()
  expect(submitFromNote).toHaveBeenCalledOnce()
})

it('still works while a checkbox has the focus', async () => {
  const remove = vi.fn()
  await bound({ remove })
  fireEvent.keyDown(screen.getByRole('checkbox', { name: 'Tick' }), { code: 'KeyR', key: 'r' })
  expect(remove).toHaveBeenCalledOnce()
})

it('leaves Enter and Space to the control that has the focus', async () => {
  const [enter, look] = [vi.fn(), vi.fn()]
  await bound({ enter, look })
  const button = screen.getByRole('button', { name: 'Press' })
  fireEvent.keyDown(button, { code: 'Enter', key: 'Enter' })
  fireEvent.keyDown(button, { code: 'Space', key: ' ' })
  expect(enter).not.toHaveBeenCalled()
  expect(look).not.toHaveBeenCalled()
})

it('takes a held key once, and arrows as often as they repeat', async () => {
  const [remove, down] = [vi.fn(), vi.fn()]
  await bound({ remove, down })
  for (const repeat of [false, true, true]) {
    fireEvent.keyDown(document.body, { code: 'KeyR', key: 'r', repeat })
    fireEvent.keyDown(document.body, { code: 'ArrowDown', key: 'ArrowDown', repeat })
  }
  expect(remove).toHaveBeenCalledOnce()
  expect(down).toHaveBeenCalledTimes(3)
})

it('says when a held key is let go, even inside a field by then', async () => {
  const look = { down: vi.fn(), up: vi.fn() }
  await bound({ look })
  fireEvent.keyDown(document.body, { code: 'Space', key: ' ' })
  fireEvent.keyUp(screen.getByRole('textbox', { name: 'Note' }), { code: 'Space', key: ' ', shiftKey: true })
  expect(look.down).toHaveBeenCalledOnce()
  expect(look.up).toHaveBeenCalledOnce()
})

it('keeps the letter after G from the screen', async () => {
  const [goReview, remove, keep] = [vi.fn(), vi.fn(), vi.fn()]
  await bound({ goReview, remove, keep })
  fireEvent.keyDown(document.body, { code: 'KeyG', key: 'g' })
  fireEvent.keyDown(document.body, { code: 'KeyR', key: 'r' })
  fireEvent.keyDown(document.body, { code: 'KeyG', key: 'g' })
  fireEvent.keyDown(document.body, { code: 'KeyK', key: 'k' })
  expect(goReview).toHaveBeenCalledOnce()
  expect(remove).not.toHaveBeenCalled()
  expect(keep).not.toHaveBeenCalled()
})

it('forgets G after a second and a half', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const [goReview, remove] = [vi.fn(), vi.fn()]
  try {
    await bound({ goReview, remove })
    fireEvent.keyDown(document.body, { code: 'KeyG', key: 'g' })
    vi.advanceTimersByTime(1_600)
    fireEvent.keyDown(document.body, { code: 'KeyR', key: 'r' })
  } finally {
    vi.useRealTimers()
  }
  expect(goReview).not.toHaveBeenCalled()
  expect(remove).toHaveBeenCalledOnce()
})

it('gives an open menu the keyboard to itself', async () => {
  const [clause, menuChoice, remove] = [vi.fn(), vi.fn(), vi.fn()]
  render(
    <>
      <Bound handlers={{ clause, remove }} />
      <Bound handlers={{ menuChoice }} isExclusive />
    </>,
  )
  await screen.findAllByRole('textbox')
  fireEvent.keyDown(document.body, { code: 'Digit1', key: '1' })
  fireEvent.keyDown(document.body, { code: 'KeyR', key: 'r' })
  expect(menuChoice).toHaveBeenCalledOnce()
  expect(clause).not.toHaveBeenCalled()
  expect(remove).not.toHaveBeenCalled()
})

it('is silent while a dialog is open', async () => {
  const remove = vi.fn()
  render(
    <>
      <Bound handlers={{ remove }} />
      <div role="dialog" aria-modal="true" />
    </>,
  )
  await screen.findByRole('textbox')
  fireEvent.keyDown(document.body, { code: 'KeyR', key: 'r' })
  expect(remove).not.toHaveBeenCalled()
})

it('leaves a field on Escape', async () => {
  await bound({})
  const field = screen.getByRole('textbox', { name: 'Note' })
  field.focus()
  fireEvent.keyDown(field, { code: 'Escape', key: 'Escape' })
  expect(field).not.toHaveFocus()
})

it('opens the sheet where a layout has moved the question mark', async () => {
  const sheet = vi.fn()
  await bound({ sheet })
  fireEvent.keyDown(document.body, { code: 'Minus', key: '?', shiftKey: true })
  expect(sheet).toHaveBeenCalledOnce()
})

it('knows a hand that still types where a field was a moment ago', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    await bound({})
    fireEvent.keyDown(screen.getByRole('textbox', { name: 'Note' }), { code: 'KeyA', key: 'a' })
    vi.advanceTimersByTime(600)
    fireEvent.keyDown(document.body, { code: 'KeyJ', key: 'j' })
    vi.advanceTimersByTime(600)
    expect(isTyping()).toBe(true)
    vi.advanceTimersByTime(200)
    expect(isTyping()).toBe(false)

    fireEvent.keyDown(screen.getByRole('textbox', { name: 'Note' }), { code: 'KeyA', key: 'a' })
    fireEvent.keyDown(screen.getByRole('textbox', { name: 'Note' }), { code: 'Enter', key: 'Enter', ctrlKey: true })
    expect(isTyping()).toBe(false)
  } finally {
    vi.useRealTimers()
  }
})
