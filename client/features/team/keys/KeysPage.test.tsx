import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { type ApiKey, listKeys, makeKey, revokeKey } from '#shared/contract/keys.ts'
import { listQueues } from '#shared/contract/policies.ts'
import { listPeople } from '#shared/contract/team.ts'
import type { Role } from '#shared/domain/permissions.ts'
import { buildPerson, buildQueue } from '#test/support/build.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { renderApp } from '#test/support/render.tsx'

const at = '2026-07-01T10:00:00.000Z'

const buildKey = (overrides: Partial<ApiKey> = {}): ApiKey => ({
  id: 'key-1',
  name: 'VK intake',
  start: 'docket_aB',
  programId: 'program-1',
  role: 'reviewer',
  sourceNames: ['vk-intake'],
  sourceKinds: ['user_report', 'classifier'],
  access: { seesAll: true, queues: [] },
  madeAt: at,
  madeById: 'person-ada',
  lastUsedAt: null,
  revokedAt: null,
  ...overrides,
})

const server = (keys: ApiKey[], role: Role = 'admin') =>
  fakeApi()
    .as(role)
    .on(listKeys, () => ({ items: keys }))
    .on(listPeople, () => ({ items: [buildPerson({ id: 'person-ada', name: 'Ada' })] }))
    .on(listQueues, () => ({ items: [buildQueue({ id: 'hate', name: 'Hate' })], languages: [], platforms: [] }))

describe('the keys', () => {
  it('say what each is bound to, who made it and when it was used last', async () => {
    server([
      buildKey(),
      buildKey({ id: 'key-2', name: 'Old', sourceNames: [], lastUsedAt: at, revokedAt: at }),
      buildKey({
        id: 'key-3',
        name: 'Hate only',
        access: { seesAll: false, queues: [{ queueId: 'hate', mayTake: true }] },
      }),
    ])
    renderApp('/keys')
    expect(
      await screen.findByRole('row', { name: /VK intake.*docket_aB.*Reviewer.*vk-intake.*All.*Ada.*Never/ }),
    ).toBeInTheDocument()
    expect(screen.getByRole('row', { name: /Old.*No source.*Revoked/ })).toBeInTheDocument()
    expect(screen.getByRole('row', { name: /Hate only.*Hate/ })).toBeInTheDocument()
    expect(screen.getByText('2 keys in use')).toBeInTheDocument()
  })

  it('are read by auditors, and changed by administrators only', async () => {
    server([buildKey()], 'auditor')
    renderApp('/keys')
    await screen.findByRole('row', { name: /VK intake/ })
    expect(screen.queryByRole('button', { name: 'Make a key' })).toBeNull()
    expect(screen.queryByRole('button', { name: /Revoke/ })).toBeNull()
  })

  it('are made bound to sources, and shown once', async () => {
    const api = server([]).on(makeKey, () => ({ secret: 'docket_secret', key: buildKey() }))
    const { user } = renderApp('/keys')
    await user.click(await screen.findByRole('button', { name: 'Make a key' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Make a key' }))
    await user.click(await dialog.findByRole('button', { name: 'Make the key' }))
    expect(dialog.getByRole('textbox', { name: 'Program' })).toHaveAccessibleDescription(/A name is needed/)
    await user.type(dialog.getByRole('textbox', { name: 'Program' }), 'VK intake')
    await user.type(dialog.getByRole('textbox', { name: 'Names of sources' }), 'vk-intake, vk-trusted')
    await user.click(dialog.getByRole('checkbox', { name: /user report/i }))
    await user.click(dialog.getByRole('button', { name: 'Make the key' }))
    expect(await screen.findByRole('textbox', { name: 'Key' })).toHaveValue('docket_secret')
    expect(api.sent(makeKey)).toMatchObject([
      { name: 'VK intake', role: 'reviewer', sourceNames: ['vk-intake', 'vk-trusted'], sourceKinds: ['user_report'] },
    ])
    await user.click(screen.getByRole('button', { name: 'Done' }))
    await waitFor(() => expect(screen.queryByText('docket_secret')).toBeNull())
  })

  it('are revoked after being asked once more', async () => {
    const api = server([buildKey()]).on(revokeKey, () => ({}))
    const { user } = renderApp('/keys')
    await user.click(await screen.findByRole('button', { name: 'Revoke the key of VK intake' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Revoke the key of VK intake' }))
    expect(api.calls(revokeKey)).toEqual([])
    await user.click(await dialog.findByRole('button', { name: 'Revoke' }))
    await waitFor(() => expect(api.calls(revokeKey)).toMatchObject([{ params: { keyId: 'key-1' } }]))
  })
})
