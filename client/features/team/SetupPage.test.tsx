import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { completeSetup, getSetup, signIn } from '#shared/contract/team.ts'
import { emptyQueue } from '#test/support/empty-queue.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

function firstRun(needed = true) {
  return emptyQueue(fakeApi())
    .as(null)
    .on(getSetup, () => ({ needed }))
    .on(signIn, () => ({}))
}

async function fillIn(user: ReturnType<typeof renderApp>['user'], password = 'a rather long phrase') {
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Marta Kowal')
  await user.type(screen.getByRole('textbox', { name: 'E-mail' }), 'marta@example.org')
  await user.type(screen.getByLabelText('Password'), password)
  await user.click(screen.getByRole('button', { name: 'Make the administrator and sign in' }))
}

it('makes the first administrator with the token of the link and signs in', async () => {
  const api = firstRun()
    .on(completeSetup, ({ body }) => ({ email: body.email }))
    .on(signIn, () => {
      api.as('admin')
      return {}
    })
  const { user, router } = renderApp('/setup?token=t-123')
  await fillIn(user)
  await waitFor(() => expect(router.state.location.pathname).toBe('/queue'))
  const [sent] = api.sent(completeSetup)
  expect(sent).toEqual({
    token: 't-123',
    name: 'Marta Kowal',
    email: 'marta@example.org',
    password: 'a rather long phrase',
  })
  expect(api.sent(signIn)).toEqual([{ email: 'marta@example.org', password: 'a rather long phrase' }])
})

it('asks for the token when the link has none', async () => {
  firstRun()
  const { user } = renderApp('/setup')
  await fillIn(user)
  expect(screen.getByRole('textbox', { name: 'Token from the console' })).toHaveAccessibleDescription(
    /The token is missing/,
  )
})

it('lets a wrong token be typed anew and keeps the rest', async () => {
  firstRun().on(completeSetup, () => ({ refuse: 'invalid_token' }))
  const { user } = renderApp('/setup?token=old')
  await fillIn(user)
  const token = await screen.findByRole('textbox', { name: 'Token from the console' })
  await waitFor(() => expect(token).toHaveAccessibleDescription(/This is not the token on the console/))
  expect(token).toHaveValue('old')
  expect(token).toHaveFocus()
  expect(screen.getByLabelText('Password')).toHaveValue('a rather long phrase')
})

it('says how long the password must be and how long it is', async () => {
  const api = firstRun()
  const { user } = renderApp('/setup?token=t')
  await fillIn(user, 'too short')
  expect(screen.getByLabelText('Password')).toHaveAccessibleDescription(/At least 12 characters\. This has 9\./)
  expect(api.sent(completeSetup)).toEqual([])
})

it('says so when there is an administrator already', async () => {
  firstRun(false)
  renderApp('/setup?token=t')
  expect(await screen.findByText('Docket is set up already')).toBeVisible()
  expect(screen.getByRole('link', { name: 'Sign in' })).toHaveAttribute('href', '/sign-in')
})
