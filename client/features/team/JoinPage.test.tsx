import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { acceptInvitation, getInvitation, getSetup, signIn } from '#shared/contract/team.ts'
import { emptyQueue } from '#test/support/empty-queue.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

function invited() {
  return emptyQueue(fakeApi())
    .as(null)
    .on(getSetup, () => ({ needed: false }))
    .on(getInvitation, () => ({ name: 'Ana Ribeiro', email: 'ana@example.org' }))
}

async function choose(user: ReturnType<typeof renderApp>['user'], password = 'a rather long phrase') {
  await user.type(await screen.findByLabelText('Password'), password)
  await user.click(screen.getByRole('button', { name: 'Choose the password and sign in' }))
}

it('shows whom the link is for, takes a password and signs in', async () => {
  const api = invited()
    .on(acceptInvitation, () => ({ email: 'ana@example.org' }))
    .on(signIn, () => {
      api.as('reviewer')
      return {}
    })
  const { user, router } = renderApp('/join?token=one-time')
  expect(await screen.findByRole('textbox', { name: 'Name' })).toHaveValue('Ana Ribeiro')
  expect(screen.getByRole('textbox', { name: 'E-mail' })).toHaveValue('ana@example.org')
  await choose(user)
  await waitFor(() => expect(router.state.location.pathname).toBe('/queue'))
  expect(api.calls(acceptInvitation)).toMatchObject([
    { params: { token: 'one-time' }, body: { name: 'Ana Ribeiro', password: 'a rather long phrase' } },
  ])
})

it('says what to do about a link that does not work', async () => {
  invited().on(getInvitation, () => ({ refuse: 'invalid_token' }))
  renderApp('/join?token=used')
  expect(await screen.findByText('This link does not work')).toBeVisible()
  expect(screen.getByText(/Ask the administrator who sent it/)).toBeVisible()
})

it('says the same of a link that was used meanwhile', async () => {
  invited().on(acceptInvitation, () => ({ refuse: 'invalid_token' }))
  const { user } = renderApp('/join?token=one-time')
  await choose(user)
  expect(await screen.findByText(/It was used already/)).toBeVisible()
})

it('offers another try when the server fails', async () => {
  const api = invited().on(getInvitation, () => ({ refuse: 'internal', requestId: 'req-9' }))
  const { user } = renderApp('/join?token=one-time')
  expect(await screen.findByText(/req-9/)).toBeVisible()
  api.on(getInvitation, () => ({ name: 'Ana Ribeiro', email: 'ana@example.org' }))
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('textbox', { name: 'Name' })).toHaveValue('Ana Ribeiro')
})

it('keeps the password when it could not be sent', async () => {
  invited().on(acceptInvitation, () => {
    throw new TypeError('Failed to fetch')
  })
  const { user } = renderApp('/join?token=one-time')
  await choose(user)
  expect(await screen.findByText(/The server did not answer/)).toBeVisible()
  expect(screen.getByLabelText('Password')).toHaveValue('a rather long phrase')
})

it('asks to sign in when the password was taken but the sign-in failed', async () => {
  invited()
    .on(acceptInvitation, () => ({ email: 'ana@example.org' }))
    .on(signIn, () => ({ refuse: 'internal' }))
  const { user, router } = renderApp('/join?token=one-time')
  await choose(user)
  await waitFor(() => expect(router.state.location.pathname).toBe('/sign-in'))
})
