import { beforeAll, describe, expect, it } from 'vitest'
import { sendDeliveries } from '#server/jobs/send-deliveries.ts'
import { sweepOutbox } from '#server/jobs/sweep-outbox.ts'
import { api } from '#shared/contract/api.ts'
import type { MessageInput, MessageTemplate } from '#shared/contract/messages.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import type { Occasion } from '#shared/domain/messages.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createPolicy, createPolicyVersion, createReview } from '#test/support/factories.ts'
import { useReceiver } from '#test/support/receiver.ts'

const undoMs = 10_000
const t = useTestApi({ undoMs, privateHosts: ['127.0.0.1'] })
const platform = useReceiver()
beforeAll(async () => void (await createPolicy(t.db, { id: 'test.praise' })))

const newId = () => crypto.randomUUID()
const once = () => ({ clientId: newId() })
const sofia = () => t.as('supervisor')
const refusedWith = (code: string) => ({ body: { code } })
const namesField = (path: string) => ({ body: { issues: [expect.objectContaining({ path })] } })

type Body = Partial<Parameters<typeof body>[0]>
const body = (
  overrides: {
    texts?: Record<string, string>
    occasion?: Occasion
    supersedes?: object | null
    isWithdrawn?: boolean
  } = {},
) => ({
  ...once(),
  name: 'Removed',
  occasion: 'decision' as const,
  policyId: null,
  measure: null,
  isWithdrawn: false,
  supersedes: null,
  texts: {
    en: '{{account}}: {{measure}} under {{clause}}. {{reason}} Appeal until {{appealUntil}}.',
    ru: '{{account}}: {{measure}}, пункт {{clause}}. {{reason}} Обжаловать до {{appealUntil}}.',
  },
  ...overrides,
})
const write = (overrides: Body = {}, call: TestCall = sofia()) =>
  call(api.writeTemplate, { body: body(overrides) as never })

const cited = { id: 'test.praise', version: 1 }
async function decide(message: Partial<MessageInput> | null, template?: MessageTemplate, clause = cited) {
  const review = await createReview(t.db)
  const params = { reviewId: review.id as ReviewId }
  const dana = t.as('reviewer')
  const { version } = await dana(api.claimReview, { params, body: once() })
  const seen = { ...once(), version, snapshotId: review.snapshot_id, handlingMs: 1 }
  const praise = { outcome: 'violation' as const, clause, exemption: null }
  const measures = [{ target: 'post' as const, kind: 'remove' as const }]
  const filled = message && {
    templateId: template?.id ?? newId(),
    version: template?.version ?? 1,
    language: 'ru',
    values: { reason: 'Цитата без кавычек.' },
    ...message,
  }
  const { decision } = await dana(api.decideReview, {
    params,
    body: { ...seen, ...praise, measures, rationale: 'Praise.', message: filled } as never,
  })
  return { review, decision }
}

describe('templates', () => {
  it('answer 401 without a session, and 403 to whoever does not manage them', async () => {
    await expect(t.anonymous(api.listTemplates, {})).rejects.toMatchObject(refusedWith('signed_out'))
    for (const role of ['reviewer', 'admin', 'auditor'] as const) {
      await expect(write({}, t.as(role))).rejects.toMatchObject(refusedWith('forbidden'))
    }
  })

  it('refuse placeholders that are not known, and name them', async () => {
    const texts = { en: 'Dear {{account}}, {{weather}}.' }
    await expect(write({ texts })).rejects.toMatchObject({
      body: { issues: [{ path: 'texts.en', message: 'A placeholder that is not known: {{weather}}.' }] },
    })
  })

  it('are written version after version, the second of two at once refused', async () => {
    const first = await write()
    const supersedes = { id: first.id, version: 1 }
    const both = await Promise.allSettled([write({ supersedes }), write({ supersedes, isWithdrawn: true })])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(write({ supersedes: { id: newId(), version: 1 } })).rejects.toMatchObject(refusedWith('not_found'))
    const { items } = await t.as('reviewer')(api.listTemplates, {})
    const found = items.find(({ id }) => id === first.id)!
    expect([found.version, ...found.earlier.map(({ version }) => version)]).toEqual([2, 1])
  })
})

describe('a message to the user', () => {
  it('is stored as it reads, and sent with the decision', async () => {
    const receiver = { ...once(), name: 'VK', url: platform.url, platforms: ['vk'], sources: [], isActive: true }
    await t.as('admin')(api.addReceiver, { body: receiver })
    const { decision, review } = await decide({}, await write())
    const text = decision.message!.text
    expect(text).toMatch(
      new RegExp(
        `^${review.handle}: публикация удалена, пункт .+\\. Цитата без кавычек\\. Обжаловать до \\d+ \\p{L}+ \\d{4}\\.`,
        'u',
      ),
    )
    const kept = await t.as('auditor')(api.getDecision, { params: { decisionId: decision.id } })
    expect(kept.decision.message).toEqual(decision.message)
    t.travel(undoMs)
    await sweepOutbox(t.deps)
    await sendDeliveries(t.deps)
    expect(platform.received.at(-1)!.body).toMatchObject({ message: { language: 'ru', text } })
    await t.db.updateTable('receiver').set({ is_active: false }).execute()
  })

  it.each([
    ['a field that is not filled in', { values: {} }, 'message.values.reason'],
    ['a field that is not asked for', { values: { reason: 'So.', quote: 'More.' } }, 'message.values.quote'],
    ['a language that there is not', { language: 'kk' }, 'message.language'],
    ['a version that is not in use', { version: 7 }, 'message.version'],
    ['a template that is none', { templateId: newId() }, 'message.templateId'],
  ])('is refused with %s', async (_what, message, path) => {
    await expect(decide(message, await write())).rejects.toMatchObject(namesField(path))
  })

  it('is refused of a template that is withdrawn, or for another occasion', async () => {
    const used = await write()
    await write({ supersedes: { id: used.id, version: 1 }, isWithdrawn: true })
    await expect(decide({}, used)).rejects.toMatchObject(namesField('message.templateId'))
    await expect(decide({}, await write({ occasion: 'upheld' }))).rejects.toMatchObject(
      namesField('message.templateId'),
    )
  })

  it('is asked for where the clause says so', async () => {
    await createPolicy(t.db, { id: 'test.told', current_version: 2 })
    await createPolicyVersion(t.db, { policy_id: 'test.told', version: 3, required_fields: ['message'] })
    const clause = { id: 'test.told', version: 3 }
    await expect(decide(null, undefined, clause)).rejects.toMatchObject(namesField('message'))
    expect((await decide({}, await write(), clause)).decision.message?.language).toBe('ru')
  })
})

describe('an answer to an appeal', () => {
  it('is written to who appealed, whether something else is decided or not', async () => {
    const ravi = t.second('reviewer')
    const template = (occasion: Occasion) => write({ occasion, texts: { en: '{{account}}: {{measure}}. {{reason}}' } })
    for (const outcome of ['upheld', 'reversed'] as const) {
      const { decision } = await decide({}, await write())
      const filing = {
        ...once(),
        about: { decisionId: decision.id },
        appellant: { kind: 'account' as const },
        text: 'No.',
      }
      const { appeal } = await t.as('reviewer')(api.fileAppeal, { body: { ...filing, language: 'en' } })
      const params = { appealId: appeal.id }
      await ravi(api.claimAppeal, { params, body: once() })
      const { id: templateId } = await template(outcome)
      const nothing = { clause: null, furtherClauses: [], exemption: null, purposeWeighed: true, measures: [] }
      const verdict = {
        ...once(),
        outcome,
        rationale: 'Read again.',
        ruling: outcome === 'upheld' ? null : { ...nothing, outcome: 'no_violation' as const, territory: [] },
        message: { templateId, version: 1, language: 'en', values: { reason: 'We read it again.' } },
      }
      const { appeal: done } = await ravi(api.decideAppeal, { params, body: verdict })
      const said = outcome === 'upheld' ? 'your post is removed' : 'no restriction'
      expect(done.message?.text).toBe(`${done.account.handle}: ${said}. We read it again.`)
      expect(done.next?.message?.text ?? null).toBe(outcome === 'upheld' ? null : done.message!.text)
    }
  })
})
