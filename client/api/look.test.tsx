import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { listPolicies } from '#shared/contract/policies.ts'
import type { Organisation, Preferences } from '#shared/contract/preferences.ts'
import type { Session } from '#shared/contract/team.ts'
import type { Treatment } from '#shared/domain/redaction.ts'
import { buildPolicy, buildSha256 } from '#test/support/build.ts'
import { buildSession, fakeApi } from '#test/support/fake-api.ts'
import { render } from '#test/support/render.tsx'
import { lookIn, redactedSrc, useLook } from './look.ts'

const grey = (strength: Treatment['strength']): Treatment => ({ strength, isGrey: true })

function who(own: Partial<Preferences['redaction']>, house: Partial<Organisation['redaction']> = {}): Session {
  const session = buildSession()
  session.preferences = { ...session.preferences, redaction: { general: null, byKind: {}, ...own } }
  session.organisation = { ...session.organisation, redaction: { general: grey('medium'), byKind: {}, ...house } }
  return session
}

const server = () =>
  fakeApi().on(listPolicies, () => ({
    items: [
      buildPolicy({ id: 'a', section: { code: '3', name: 'Violence' } }),
      buildPolicy({ id: 'b', section: { code: '4', name: 'Hate' } }),
    ],
  }))

function Shown({ of }: { of: string | null | undefined }) {
  return <output aria-label="look">{useLook(of)}</output>
}
const look = async () => (await screen.findByRole('status', { name: 'look' })).textContent

it('asks for no policies where nothing depends on them', async () => {
  const fake = server()
  render(<Shown of="a" />, { as: who({ general: grey('soft') }) })
  expect(await look()).toBe('soft-grey')
  expect(fake.calls(listPolicies)).toEqual([])
})

it('goes by the section of the suspected clause, and shows least until it is known', async () => {
  server()
  const session = who({ general: grey('soft'), byKind: { 4: grey('strong') } })
  const { queryClient } = render(<Shown of="a" />, { as: session })
  expect(await look()).toBe('strong-grey')
  await waitFor(async () => expect(await look()).toBe('soft-grey'))
  expect(lookIn(queryClient, 'a')).toBe('soft-grey')
  expect(lookIn(queryClient, 'b')).toBe('strong-grey')
  expect(lookIn(queryClient, null)).toBe('soft-grey')
})

it('shows least where nobody says what a post was suspected of', async () => {
  server()
  render(<Shown of={undefined} />, { as: who({}, { byKind: { 3: grey('strong') } }) })
  expect(await look()).toBe('strong-grey')
})

it('leaves the plain look out of the address, which browsers have already', () => {
  const sha256 = buildSha256()
  expect(redactedSrc(sha256, 'thumbnail', 'medium-grey')).toBe(`/api/v1/media/${sha256}/thumbnail`)
  expect(redactedSrc(sha256, 'redacted', 'soft')).toBe(`/api/v1/media/${sha256}/redacted?look=soft`)
})
