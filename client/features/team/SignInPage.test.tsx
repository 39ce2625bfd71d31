import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { call } from '#client/api/call.ts'
import { listQueues } from '#shared/contract/policies.ts'
import { getSetup, signIn } from '#shared/contract/team.ts'
import { emptyQueue } from '#test/support/empty-queue.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'
import { pathWithin } from './SignInPage.tsx'

function signedOut() {
  return emptyQueue(fakeApi())
    .as(null)
    .on(getSetup, () => ({ needed: false }))
}

async function fillIn(
  user: ReturnType<typeof renderApp>['user'],
  email = 'dana@example.org',
  password = 'a long phrase',
) {
  if (email) await user.type(await screen.findByRole('textbox', { name: 'E-mail' }), email)
  if (password) await user.type(await screen.findByLabelText('Password'), password)
  await user.click(await screen.findByRole('button', { name: 'Sign in' }))
}

it('asks who is there and goes back to the page that was wanted', async () => {
  const api = signedOut().on(signIn, () => {
    api.as('reviewer')
    return {}
  })
  const { user, router } = renderApp('/policies?from=mail')
  await fillIn(user)
  await waitFor(() => expect(router.state.location.href).toBe('/policies?from=mail'))
  expect(api.sent(signIn)).toEqual([{ email: 'dana@example.org', password: 'a long phrase' }])
})

it('names a wrong password at its field and keeps what was typed', async () => {
  signedOut().on(signIn, () => ({ refuse: 'wrong_credentials' }))
  const { user } = renderApp('/sign-in')
  await fillIn(user)
  const password = await screen.findByLabelText('Password')
  await waitFor(() => expect(password).toHaveAccessibleDescription('That password does not match this e-mail.'))
  expect(password).toHaveFocus()
  expect(password).toHaveValue('a long phrase')
  expect(screen.getByRole('textbox', { name: 'E-mail' })).toHaveValue('dana@example.org')
})

it.each(['internal', 'forbidden', 'wrong_origin', 'not_ready', 'invalid_request'] as const)(
  'blames the password for a refusal of it only, and not for %s',
  async (refuse) => {
    signedOut().on(signIn, () => ({ refuse }))
    const { user } = renderApp('/sign-in')
    await fillIn(user)
    expect(await screen.findByText(/The server answered \d{3}/)).toBeVisible()
    expect(screen.getByLabelText('Password')).not.toHaveAccessibleDescription()
  },
)

it('says how long to wait after too many tries', async () => {
  signedOut().on(signIn, () => ({ refuse: 'too_many_requests', retryAfter: 40 }))
  const { user } = renderApp('/sign-in')
  await fillIn(user)
  expect(await screen.findByText('Too many tries. The next one is possible in 40 s.')).toBeVisible()
})

it('keeps what was typed when the server cannot be reached', async () => {
  signedOut().on(signIn, () => {
    throw new TypeError('Failed to fetch')
  })
  const { user } = renderApp('/sign-in')
  await fillIn(user)
  expect(await screen.findByText(/The server did not answer.*What you typed is still here/)).toBeVisible()
  expect(screen.getByLabelText('Password')).toHaveValue('a long phrase')
})

it('says so when the browser does not keep the session', async () => {
  signedOut().on(signIn, () => ({}))
  const { user } = renderApp('/sign-in')
  await fillIn(user)
  expect(await screen.findByText(/Allow cookies for this site/)).toBeVisible()
})

it('names what is missing before anything is sent', async () => {
  const api = signedOut().on(signIn, () => ({}))
  const { user } = renderApp('/sign-in')
  await fillIn(user, 'dana', '')
  const email = screen.getByRole('textbox', { name: 'E-mail' })
  expect(email).toHaveAccessibleDescription('This is not an e-mail address.')
  expect(email).toHaveFocus()
  expect(screen.getByLabelText('Password')).toHaveAccessibleDescription('The password is missing.')
  expect(api.sent(signIn)).toEqual([])
})

it('leads to the first run while there is no administrator', async () => {
  fakeApi()
    .as(null)
    .on(getSetup, () => ({ needed: true }))
  renderApp('/')
  expect(await screen.findByRole('heading', { name: 'Make the first administrator' })).toBeVisible()
})

it('shows sign-in when the session ends, says so, and comes back to the same address', async () => {
  const api = emptyQueue(fakeApi())
    .as(buildSession('auditor'))
    .on(getSetup, () => ({ needed: false }))
    .on(signIn, () => {
      api.as(buildSession('auditor'))
      return {}
    })
  const { user, router, queryClient } = renderApp('/policies/2.6?version=3')
  await screen.findByRole('button', { name: 'Dana Ospan, auditor' })
  api.as(null)
  api.on(listQueues, () => ({ refuse: 'signed_out' }))
  await queryClient.fetchQuery({ queryKey: ['any'], queryFn: () => call(listQueues, {}) }).catch(() => {})
  expect(await screen.findByText(/Your session has ended/)).toBeVisible()
  await fillIn(user)
  await waitFor(() => expect(router.state.location.href).toBe('/policies/2.6?version=3'))
})

it.each([
  ['/queue?state=open', '/queue?state=open'],
  ['//evil.example', '/queue'],
  ['/\\evil.example', '/queue'],
  ['https://evil.example', '/queue'],
  ['/sign-in?back=/queue', '/queue'],
  [undefined, '/queue'],
])('takes %s to %s', (back, path) => {
  expect(pathWithin(back)).toBe(path)
})
