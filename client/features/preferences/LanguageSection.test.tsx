import { screen, waitFor } from '@testing-library/react'
import { expect, it, onTestFinished } from 'vitest'
import { speak } from '#client/i18n/i18n.ts'
import { changeOrganisation, changePreferences, type Preferences } from '#shared/contract/preferences.ts'
import { getOptOuts } from '#shared/contract/routing.ts'
import type { Role } from '#shared/domain/permissions.ts'
import { emptyQueue } from '#test/support/empty-queue.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

function open(preferences: Partial<Preferences> = {}, role: Role = 'reviewer') {
  onTestFinished(() => speak('en'))
  const session = buildSession(role)
  let kept = { ...session.preferences, ...preferences }
  const server = emptyQueue(fakeApi())
    .as({ ...session, preferences: kept })
    .on(getOptOuts, () => ({ optedOut: [] }))
    .on(changePreferences, ({ body }) => {
      kept = { ...kept, ...(body as Partial<Preferences>) }
      return kept
    })
  return { server, ...renderApp('/preferences') }
}

const page = document.documentElement

it('speaks the language that is chosen at once, in its direction', async () => {
  const { user, server } = open()
  await user.click(await screen.findByRole('radio', { name: 'العربية' }))
  expect(await screen.findByRole('heading', { name: 'التفضيلات' })).toBeVisible()
  expect(page).toHaveAttribute('lang', 'ar')
  expect(page).toHaveAttribute('dir', 'rtl')
  expect(server.sent(changePreferences)).toEqual([{ language: 'ar' }])

  await user.click(screen.getByRole('radio', { name: 'English' }))
  expect(await screen.findByRole('heading', { name: 'Preferences' })).toBeVisible()
  expect(page).toHaveAttribute('dir', 'ltr')
})

it('keeps what is on the screen while the language changes', async () => {
  const { user } = open()
  const radio = await screen.findByRole('radio', { name: 'Русский' })
  await user.click(radio)
  expect(await screen.findByRole('heading', { name: 'Настройки' })).toBeVisible()
  expect(radio).toBeInTheDocument()
  expect(radio).toHaveFocus()
})

it('begins in the language that the person chose before', async () => {
  open({ language: 'kk' })
  expect(await screen.findByRole('heading', { name: 'Баптаулар' })).toBeVisible()
})

it('says which languages no speaker has checked', async () => {
  open()
  expect(await screen.findByRole('radio', { name: 'English' })).not.toHaveAccessibleDescription()
  expect(screen.getAllByText('Not yet checked by a speaker')).toHaveLength(3)
})

it('goes back to the language before when the choice was not kept', async () => {
  const { user, server } = open()
  server.on(changePreferences, () => {
    throw new TypeError('network')
  })
  await user.click(await screen.findByRole('radio', { name: 'Русский' }))
  expect((await screen.findAllByText(/^(It was not kept|Не сохранено)/))[0]).toBeVisible()
  await waitFor(() => expect(page).toHaveAttribute('lang', 'en'))
})

it('sets high contrast at once and for the next visit', async () => {
  const { user } = open()
  onTestFinished(() => page.removeAttribute('data-high-contrast'))
  await user.click(await screen.findByRole('radio', { name: 'High' }))
  await waitFor(() => expect(page).toHaveAttribute('data-high-contrast'))
  expect(localStorage.getItem('docket-contrast')).toBe('high')
  await user.click(screen.getByRole('radio', { name: 'Normal' }))
  await waitFor(() => expect(page).not.toHaveAttribute('data-high-contrast'))
})

it('offers the time zone of the organisation to those who manage it', async () => {
  const { user, server } = open({}, 'admin')
  server.on(changeOrganisation, ({ body }) => ({ ...buildSession().organisation, ...(body as object) }))
  const field = await screen.findByRole('combobox', { name: 'Time zone of the organisation' })
  await user.clear(field)
  await user.type(field, 'almaty')
  await user.click(await screen.findByRole('option', { name: 'Asia/Almaty' }))
  await waitFor(() => expect(server.sent(changeOrganisation)).toEqual([{ timeZone: 'Asia/Almaty' }]))
})

it('offers the time zone to nobody else', async () => {
  open()
  await screen.findByRole('heading', { name: 'Language' })
  expect(screen.queryByRole('heading', { name: 'Time zone' })).not.toBeInTheDocument()
})
