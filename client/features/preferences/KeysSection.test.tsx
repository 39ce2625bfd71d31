import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { listPolicies } from '#shared/contract/policies.ts'
import { changePreferences, type Preferences } from '#shared/contract/preferences.ts'
import { getOptOuts } from '#shared/contract/routing.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

function open(preferences: Partial<Preferences> = {}) {
  const session = buildSession()
  const kept = { ...session.preferences, ...preferences }
  const server = fakeApi()
    .as({ ...session, preferences: kept })
    .on(getOptOuts, () => ({ optedOut: [] }))
    .on(listPolicies, () => ({ items: [] }))
    .on(changePreferences, ({ body }) => ({ ...kept, ...(body as Partial<Preferences>) }))
  return { server, ...renderApp('/preferences') }
}

const capOf = (name: RegExp) => screen.findByRole('button', { name })

/** Keys that the keyboard of the test library has not. */
const strike = (code: string) => fireEvent.keyDown(document.activeElement!, { code })

describe('keys', () => {
  it('are changed by pressing another, and kept', async () => {
    const { user, server } = open()
    await user.click(await capOf(/^Keep the post, now K/))
    strike('Comma')

    await waitFor(() => expect(server.sent(changePreferences)).toEqual([{ keys: { keep: ['Comma'] } }]))
    expect(await capOf(/^Keep the post, now ,/)).toBeVisible()
    expect(screen.getByText('instead of K')).toBeVisible()
  })

  it('refuse a key that does something else, and say what', async () => {
    const { user, server } = open()
    await user.click(await capOf(/^Keep the post/))
    await user.keyboard('r')
    expect(await screen.findByText('R is taken: Remove the post.')).toBeVisible()
    await user.keyboard('g')
    expect(await screen.findByText('G is taken: first key of “Go to”.')).toBeVisible()
    expect(server.sent(changePreferences)).toEqual([])
  })

  it('refuse what is no letter, and stay as they are on Esc', async () => {
    const { user, server } = open()
    await user.click(await capOf(/^Keep the post/))
    strike('F5')
    expect(await screen.findByText(/^Only letters and signs/)).toBeVisible()
    await user.keyboard('{Escape}')
    expect(screen.queryByText(/^Only letters and signs/)).not.toBeInTheDocument()
    expect(server.sent(changePreferences)).toEqual([])
  })

  it('are put back to the map’s own all at once', async () => {
    const { user, server } = open({ keys: { keep: ['Comma'] } })
    await user.click(await screen.findByRole('button', { name: 'As they were' }))
    await waitFor(() => expect(server.sent(changePreferences)).toEqual([{ keys: {} }]))
    expect(await capOf(/^Keep the post, now K/)).toBeVisible()
  })

  it('hold on every screen, the sheet of keys included', async () => {
    const { user } = open({ keys: { keep: ['Shift+KeyX'] } })
    await capOf(/^Keep the post, now ⇧ X/)
    await user.keyboard('?')
    const sheet = await screen.findByRole('dialog')
    expect(within(sheet).getByText('Keep, label, restrict, remove').parentElement).toHaveTextContent('⇧X')
  })
})
