import { describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { findEventsOn } from '#test/support/log.ts'

const t = useTestApi()
const nobody = '01900000-0000-7000-8000-000000000000'
const policyId = 'tve.recruitment'

type Words = Partial<{
  policyId: string | null
  uses: ('rationale' | 'note')[]
  name: string
  texts: Record<string, string>
  isWithdrawn: boolean
  supersedesId: string
  clientId: string
}>

const write = (call: TestCall, words: Words = {}) =>
  call(api.writeReason, {
    body: {
      clientId: crypto.randomUUID(),
      policyId,
      uses: ['rationale'],
      name: 'Calls to join',
      texts: { en: '{handle} calls on others to join.', ru: '{handle} призывает вступить.' },
      ...words,
    },
  })
const supervisor = () => t.as('supervisor')

describe('writeReason', () => {
  it('answers 401 without a session', async () => {
    await expect(write(t.anonymous)).rejects.toMatchObject({ status: 401 })
  })

  it.each(['reviewer', 'admin', 'auditor'] as const)('answers 403 to a %s', async (role) => {
    await expect(write(t.as(role))).rejects.toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })

  it.each<[string, Words]>([
    ['no name', { name: ' ' }],
    ['no words', { texts: {} }],
    ['empty words', { texts: { en: ' ' } }],
    ['a placeholder that nothing is known of', { texts: { en: 'Dear {reporter}' } }],
    ['no use', { uses: [] }],
    ['a language that is none', { texts: { 'English!': 'x' } }],
  ])('refuses %s', async (_what, words) => {
    await expect(write(supervisor(), words)).rejects.toMatchObject({ status: 400, body: { code: 'invalid_request' } })
  })

  it.each<[string, Words]>([
    ['clause', { policyId: 'no.such' }],
    ['earlier version', { supersedesId: nobody }],
  ])('answers 404 for a %s that is not there', async (_what, words) => {
    await expect(write(supervisor(), words)).rejects.toMatchObject({ status: 404, body: { code: 'not_found' } })
  })

  it('keeps the words and logs ids and a hash alone', async () => {
    const reason = await write(supervisor())
    expect(reason).toMatchObject({ version: 1, policyId, isWithdrawn: false, earlier: [] })
    expect((await t.as('reviewer')(api.listReasons, {})).items).toContainEqual(reason)
    expect(await findEventsOn(t.db, reason.reasonId)).toEqual([
      {
        kind: 'reason.written',
        personId: t.person('supervisor').id,
        version: 1,
        data: { clause: policyId, uses: ['rationale'], languages: ['en', 'ru'], sha256: expect.any(String) },
      },
    ])
  })

  it('lets a new version take the old one’s place, which stays readable', async () => {
    const first = await write(supervisor(), { name: 'First' })
    const second = await write(supervisor(), { name: 'Second', supersedesId: first.id, policyId: null })
    expect(second).toMatchObject({ reasonId: first.reasonId, version: 2, policyId: null })
    expect(second.earlier).toMatchObject([{ id: first.id, name: 'First', policyId }])
    const { items } = await supervisor()(api.listReasons, {})
    expect(items.filter(({ reasonId }) => reasonId === first.reasonId)).toEqual([second])
  })

  it('puts withdrawn ones last', async () => {
    const first = await write(supervisor(), { name: 'A' })
    await write(supervisor(), { name: 'A', supersedesId: first.id, isWithdrawn: true })
    const { items } = await supervisor()(api.listReasons, {})
    expect(items.at(-1)).toMatchObject({ reasonId: first.reasonId, isWithdrawn: true })
    expect((await findEventsOn(t.db, first.reasonId)).map(({ kind }) => kind)).toEqual([
      'reason.written',
      'reason.withdrawn',
    ])
  })

  it('lets one of two who supersede it at once win', async () => {
    const { id: supersedesId } = await write(supervisor())
    const together = await Promise.allSettled([
      write(supervisor(), { supersedesId, name: 'Mine' }),
      write(t.second('supervisor'), { supersedesId, name: 'Theirs' }),
    ])
    expect(together.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(together.find((each) => each.status === 'rejected')).toMatchObject({
      reason: { status: 409, body: { code: 'already_superseded' } },
    })
  })

  it('answers a repeat as it answered first', async () => {
    const clientId = crypto.randomUUID()
    const first = await write(supervisor(), { clientId })
    expect(await write(supervisor(), { clientId })).toEqual(first)
    expect(await findEventsOn(t.db, first.reasonId)).toHaveLength(1)
  })
})

describe('listReasons', () => {
  it('answers 401 without a session', async () => {
    await expect(t.anonymous(api.listReasons, {})).rejects.toMatchObject({ status: 401 })
  })
})
