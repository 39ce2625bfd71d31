import { describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import { Role } from '#shared/domain/permissions.ts'
import { useTestApi } from '#test/support/api.ts'

const t = useTestApi()

describe('who is signed in', () => {
  it('answers 401 without a session', async () => {
    await expect(t.anonymous(api.getSession, {})).rejects.toMatchObject({ status: 401, body: { code: 'signed_out' } })
  })

  it.each(Role.options)('names a %s and what they may do', async (role) => {
    const { person, permissions } = await t.as(role)(api.getSession, {})
    const { id, name, email } = t.person(role)
    expect(person).toEqual({ id, name, email, role })
    expect(permissions).toContain('review.read')
  })

  it('names the program behind a key', async () => {
    const { person } = await t.key({ role: 'supervisor' })(api.getSession, {})
    expect(person).toMatchObject({ role: 'supervisor' })
  })
})
