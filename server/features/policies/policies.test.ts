import { describe, expect, it } from 'vitest'
import { firstReasonCodes } from '#server/db/seed/reason-codes.ts'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import { Role } from '#shared/domain/permissions.ts'
import { useTestApi } from '#test/support/api.ts'
import { createDecision, createReview } from '#test/support/factories.ts'

const t = useTestApi()

describe('listPolicies', () => {
  it('answers 401 without a session', async () => {
    await expect(t.anonymous(listPolicies, {})).rejects.toMatchObject({ status: 401, body: { code: 'signed_out' } })
  })

  it.each(Role.options)('lets a %s read', async (role) => {
    const { items } = await t.as(role)(listPolicies, {})
    expect(items.length).toBeGreaterThan(40)
  })

  it('lists clauses by code as numbers, then exemptions', async () => {
    const { items } = await t.as('reviewer')(listPolicies, {})
    const codes = items.map(({ code }) => code)
    expect(codes.slice(0, 4)).toEqual(['1.1', '1.2', '1.3', '2.1'])
    expect(codes.indexOf('2.10')).toBe(codes.indexOf('2.9') + 1)
    expect(codes.at(-1)).toBe('E.12')
    expect(new Set(codes).size).toBe(codes.length)
  })

  it('keeps short names short and gives each clause what a reviewer needs', async () => {
    const { items } = await t.as('reviewer')(listPolicies, {})
    for (const policy of items) {
      expect(policy.shortName.length, policy.id).toBeLessThanOrEqual(16)
      expect(policy.current.usualMeasures, policy.id).not.toHaveLength(0)
      const says = policy.kind === 'clause' ? policy.current.signs : policy.current.questions
      expect(says, policy.id).not.toHaveLength(0)
    }
  })

  it('asks for the purpose with terrorist content only, and restricts child abuse only', async () => {
    const { items } = await t.as('reviewer')(listPolicies, {})
    const asking = items.filter((policy) => policy.needsPurposeTest).map(({ id }) => id)
    expect(asking).toEqual(items.map(({ id }) => id).filter((id) => id.startsWith('tve.')))
    expect(items.filter((policy) => policy.isRestricted).map(({ id }) => id)).toEqual(['sexual.minors'])
  })

  it('shows earlier wordings beside the one in force', async () => {
    const { items } = await t.as('reviewer')(listPolicies, {})
    const recruitment = items.find(({ id }) => id === 'tve.recruitment')!
    expect(recruitment.current.version).toBe(2)
    expect(recruitment.current.change).toContain('destroyed documents')
    expect(recruitment.earlier.map(({ version }) => version)).toEqual([1])
  })

  it('counts the decisions that cite a clause first, further or by exemption', async () => {
    const further = JSON.stringify([{ id: 'hate.slur', version: 2 }])
    await createDecision(t.db, { policy_id: 'spam.scam', further_clauses: further })
    await createDecision(t.db, { policy_id: 'hate.slur', outcome: 'exempt', exemption: 'satire' })
    await createDecision(t.db, { policy_id: null, outcome: 'no_violation' })
    t.travel(31_000)
    const { items } = await t.as('reviewer')(listPolicies, {})
    const count = (id: string) => items.find((policy) => policy.id === id)?.decisionCount
    expect([count('spam.scam'), count('hate.slur'), count('satire'), count('news')]).toEqual([1, 2, 1, 0])
  })
})

describe('listQueues', () => {
  it('answers 401 without a session', async () => {
    await expect(t.anonymous(listQueues, {})).rejects.toMatchObject({ status: 401, body: { code: 'signed_out' } })
  })

  it('lists the queues with what the data holds', async () => {
    await createReview(t.db, { language: 'kk', platform: 'telegram' })
    await createReview(t.db, { language: 'ar', platform: 'vk' })
    await createReview(t.db, { language: null, platform: 'vk' })
    const { items, languages, platforms } = await t.as('reviewer')(listQueues, {})
    expect(items.map(({ id }) => id)).toEqual(['urgent', 'extremism', 'hate', 'safety', 'general'])
    expect(items[0]?.targetMs).toBe(3_600_000)
    expect(languages).toEqual(['ar', 'kk', 'ru'])
    expect(platforms).toEqual(['telegram', 'vk'])
  })
})

describe('the first reason codes', () => {
  it('map each code once, to clauses that exist', async () => {
    const codes = firstReasonCodes.map(([code]) => code)
    expect(new Set(codes).size).toBe(codes.length)
    const { items } = await t.as('reviewer')(listPolicies, {})
    const clauses = new Set(items.filter(({ kind }) => kind === 'clause').map(({ id }) => id))
    expect(firstReasonCodes.filter(([, id]) => !clauses.has(id))).toEqual([])
  })
})
