import { describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import { useTestApi } from '#test/support/api.ts'

const t = useTestApi()

describe('preferences', () => {
  it('are blank until something is chosen, and keep what is not changed', async () => {
    const dana = t.as('reviewer')
    const before = await dana(api.getSession, {})
    expect(before.preferences).toMatchObject({ language: null, keys: {} })

    await dana(api.changePreferences, { body: { language: 'kk' } })
    await dana(api.changePreferences, { body: { keys: { keep: ['KeyQ'] } } })

    const after = await dana(api.getSession, {})
    expect(after.preferences).toMatchObject({ language: 'kk', keys: { keep: ['KeyQ'] } })
  })

  it('of two changes at once keep both', async () => {
    const lena = t.as('supervisor')
    await Promise.all([
      lena(api.changePreferences, { body: { language: 'ar' } }),
      lena(api.changePreferences, { body: { contrast: 'high' } }),
    ])
    const { preferences } = await lena(api.getSession, {})
    expect(preferences).toMatchObject({ language: 'ar', contrast: 'high' })
  })

  it('refuse a language that the interface has not, and name the field', async () => {
    const body = { language: 'xx' as 'en' }
    await expect(t.as('reviewer')(api.changePreferences, { body })).rejects.toMatchObject({
      body: { code: 'invalid_request', issues: [expect.objectContaining({ path: 'language' })] },
    })
  })

  it('outlive a part that another version of the program left', async () => {
    const { id } = t.person('auditor')
    const value = JSON.stringify({ language: 'ru', contrast: 'neon', gone: 1 })
    await t.db.insertInto('preference').values({ person_id: id, value }).execute()
    const { preferences } = await t.as('auditor')(api.getSession, {})
    expect(preferences).toMatchObject({ language: 'ru', contrast: null })
    expect(preferences).not.toHaveProperty('gone')
  })
})

describe('what holds for everybody', () => {
  it('is changed by administrators, and logged with what it was', async () => {
    await t.as('admin')(api.changeOrganisation, { body: { timeZone: 'Asia/Almaty' } })
    const { organisation } = await t.as('reviewer')(api.getSession, {})
    expect(organisation).toMatchObject({ timeZone: 'Asia/Almaty' })
    const events = await t.db.selectFrom('event').select('data').where('kind', '=', 'organisation.changed').execute()
    expect(events.at(-1)!.data).toMatchObject({ before: { timeZone: 'UTC' }, after: { timeZone: 'Asia/Almaty' } })
  })

  it('refuses a time zone that is none', async () => {
    const body = { timeZone: 'Mars/Olympus' }
    await expect(t.as('admin')(api.changeOrganisation, { body })).rejects.toMatchObject({
      body: { code: 'invalid_request', issues: [{ path: 'timeZone', message: 'Not a time zone.' }] },
    })
  })
})

describe('the strike ladder', () => {
  const body = { windowDays: 90, steps: [{ strikes: 3, kind: 'block' as const, days: 14 }] }

  it('is nobody’s to change without a session, nor a reviewer’s or an auditor’s', async () => {
    await expect(t.anonymous(api.changeLadder, { body })).rejects.toMatchObject({ status: 401 })
    for (const role of ['reviewer', 'auditor'] as const)
      await expect(t.as(role)(api.changeLadder, { body })).rejects.toMatchObject({ status: 403 })
  })

  it('refuses steps that do not rise', async () => {
    const [step] = body.steps
    const wrong = { ...body, steps: [step!, step!] }
    await expect(t.as('supervisor')(api.changeLadder, { body: wrong })).rejects.toMatchObject({
      body: { code: 'invalid_request', issues: [{ path: 'steps' }] },
    })
  })

  it('is changed by supervisors, leaves the rest alone, and is logged', async () => {
    const before = (await t.as('reviewer')(api.getSession, {})).organisation
    await t.as('supervisor')(api.changeLadder, { body })
    const { organisation } = await t.as('reviewer')(api.getSession, {})
    expect(organisation).toEqual({ ...before, strikeLadder: body })
    const events = await t.db.selectFrom('event').select('data').where('kind', '=', 'organisation.changed').execute()
    expect(events.at(-1)!.data).toMatchObject({ after: { strikeLadder: body } })
  })
})
