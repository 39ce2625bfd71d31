import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { decideReview } from '#server/features/review/decisions/decide-review.ts'
import { supersedeDecision } from '#server/features/review/decisions/supersede-decision.ts'
import { undoDecision } from '#server/features/review/decisions/undo-decision.ts'
import { everything } from '#server/features/review/scope.queries.ts'
import type { Caller } from '#server/http/route.ts'
import { lapseMeasures } from '#server/jobs/lapse-measures.ts'
import { sendDeliveries } from '#server/jobs/send-deliveries.ts'
import { sweepOutbox } from '#server/jobs/sweep-outbox.ts'
import type { DecisionInput, Measure } from '#shared/contract/decisions.ts'
import type { DeliveryAnswer } from '#shared/domain/deliveries.ts'
import { useTestApi } from '#test/support/api.ts'
import { createAccount, createLease, createPolicy, createReview } from '#test/support/factories.ts'
import { needNoSecondPerson } from '#test/support/one-person.ts'
import { type Message, useReceiver } from '#test/support/receiver.ts'
import { findMeasuresInForce } from './measures.queries.ts'
import { insertReceiver, insertSecret } from './receivers/receivers.queries.ts'
import { answerDelivery } from './sending/answer-delivery.ts'

const undoMs = 1
const t = useTestApi({ undoMs, deliveryAttempts: 1, privateHosts: ['127.0.0.1'] })
const platform = useReceiver()
let person: Caller
let program: Caller
beforeAll(async () => {
  t.stopClock()
  await createPolicy(t.db, { id: 'test.praise' })
  await needNoSecondPerson(t.db)
  person = { ...t.person('supervisor'), key: null, scope: everything }
  program = { ...person, key: { id: 'key', sourceNames: ['vk-intake'], sourceKinds: [] } }
})

const hourMs = 3_600_000

type Says = DeliveryAnswer | 'nothing' | 'error'
type Kind = 'warn' | 'limit' | 'block' | 'terminate'

const act = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('decide' as const),
      account: fc.option(fc.constantFrom<Kind>('warn', 'limit', 'block', 'terminate'), { nil: null }),
      removes: fc.boolean(),
      endsIn: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
      /** Which decision that still stands it supersedes; none: a review of its own. */
      supersedes: fc.option(fc.nat(), { nil: null }),
      /** Taken back before it leaves: as if it had never been. */
      isUndone: fc.constantFrom(false, false, false, true),
      says: fc.constantFrom<Says>('done', 'done', 'done', 'refused', 'already_deleted', 'nothing', 'error'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      which: fc.nat(),
      says: fc.constantFrom<DeliveryAnswer>('done', 'refused', 'already_deleted'),
    }),
  },
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

type Made = {
  id: string
  supersedes: Made | null
  isSuperseded: boolean
  measures: { name: string; endsAt: number | null }[]
  /** It or a decision in its place has been carried out: what was not in force by then will not be. */
  isOver: boolean
}

/** What should be so, kept by hand in the plainest way: a set of measures, and whether the platform deleted the account. */
function createModel() {
  const inForce = new Map<string, { measure: Made['measures'][number]; decisionId: string }>()
  let isDeleted = false
  const end = (made: Made | null) => {
    for (let each = made; each; each = each.supersedes) {
      each.isOver = true
      for (const { name } of each.measures) inForce.delete(`${each.id} ${name}`)
    }
  }
  return {
    carryOut(made: Made, deleted: 'account' | 'post' | null) {
      end(made.supersedes)
      const measures = made.isOver ? [] : made.measures
      for (const measure of measures) {
        if (deleted === 'account' || (deleted === 'post' && measure.name.startsWith('post'))) continue
        inForce.set(`${made.id} ${measure.name}`, { measure, decisionId: made.id })
      }
      made.isOver = true
      if (deleted === 'account') isDeleted = true
    },
    lapse(now: number) {
      for (const [key, { measure }] of inForce) {
        if (measure.endsAt !== null && measure.endsAt <= now) inForce.delete(key)
      }
    },
    measures: () => [...inForce.keys()].toSorted(),
    status() {
      const names = [...inForce.values()].map(({ measure }) => measure.name)
      if (isDeleted || names.includes('account.terminate')) return 'deleted'
      if (names.includes('account.block')) return 'blocked'
      return names.includes('account.limit') ? 'limited' : 'active'
    },
  }
}

async function makeAccount() {
  const account = await createAccount(t.db, { status: 'active' })
  const since = new Date('2026-01-01T00:00:00Z')
  const said = { id: crypto.randomUUID(), account_id: account.id, status: 'active', since, cause: null } as const
  await t.db
    .insertInto('account_status')
    .values({ ...said, source: 'vk-intake' })
    .execute()
  return account
}

/** A platform that keeps every measure by itself, and one that has one status for an account, going by what they are told. */
function createPlatforms() {
  const kept = new Map<string, Set<string>>()
  const held = new Map<string, string | null>()
  const of = (name: string) => kept.get(name) ?? kept.set(name, new Set()).get(name)!
  return {
    take({ account, post, apply, lift, holds }: Message) {
      const name = (target: string) => (target === 'account' ? account.externalId : post!.externalId)
      for (const { target, kind } of lift) of(name(target)).delete(kind)
      for (const { target, kind } of apply) of(name(target)).add(kind)
      held.set(account.externalId, holds.account)
      if (post) held.set(post.externalId, holds.post)
    },
    kept: (name: string) => [...of(name)].toSorted(),
    held: (name: string) => held.get(name) ?? null,
  }
}

type How = 'recorded' | 'answered' | 'obeyed'

async function play(acts: Act[], how: How) {
  const isConnected = how !== 'recorded'
  const account = await makeAccount()
  const platforms = createPlatforms()
  const model = createModel()
  const decisions: Made[] = []
  for (const each of acts) {
    if (each.kind === 'decide') await decide(each)
    else if (each.kind === 'answer') await answer(each)
    else await wait(each.hours * hourMs)
    await check()
  }

  async function decide({ supersedes, isUndone, says: wanted, ...wish }: Act & { kind: 'decide' }) {
    // One that obeys carries out what it accepts, and says so at once.
    const says = how === 'obeyed' && wanted !== 'refused' ? 'done' : wanted
    const now = t.deps.now().getTime()
    const endsAt = wish.endsIn === null ? null : now + wish.endsIn * hourMs
    const measures: Measure[] = [
      ...(wish.removes ? [{ target: 'post', kind: 'remove' } as const] : []),
      ...(wish.account ? [{ target: 'account', kind: wish.account, ...at(endsAt) } as const] : []),
    ]
    const standing = decisions.filter((made) => !made.isSuperseded)
    const old = supersedes === null ? null : (standing[supersedes % Math.max(standing.length, 1)] ?? null)
    const draft = { ...praise, measures }
    const { decision } = old
      ? await supersedeDecision(t.deps, person, old.id, { ...draft, clientId: crypto.randomUUID() })
      : await decideNew(account.id, draft)
    if (isUndone) return undo(decision.id)
    const made: Made = {
      id: decision.id,
      supersedes: old,
      isSuperseded: false,
      measures: measures.map(({ target, kind }) => ({
        name: `${target}.${kind}`,
        endsAt: target === 'account' ? endsAt : null,
      })),
      isOver: false,
    }
    if (old) old.isSuperseded = true
    decisions.push(made)
    const said: { id: string; says: DeliveryAnswer; onAccount: boolean }[] = []
    // Others that were held back may come along with it.
    platform.reply((message) => {
      const { id, kind, apply, lift, post } = message
      // What an earlier run left waiting may be sent in this one.
      if (message.account.externalId !== account.external_id) return {}
      if (kind === 'lapse' || says !== 'refused') platforms.take(message)
      if (kind === 'lapse' || says === 'nothing') return {}
      if (says === 'error') return { status: 500 }
      const onAccount = !post || [...apply, ...lift].some(({ target }) => target === 'account')
      said.push({ id, says, onAccount })
      return { answer: { answer: says } }
    })
    t.travel(undoMs)
    await sweepOutbox(t.deps)
    if (!isConnected) return model.carryOut(made, null)
    await sendDeliveries(t.deps)
    for (const each of said) apply(await getDecided(each.id), each.says, each.onAccount)
  }

  async function undo(decisionId: string) {
    const { reviewId } = await undoDecision(t.deps, person, decisionId, crypto.randomUUID())
    // What is open again is nobody's business here.
    await t.db.deleteFrom('lease').where('review_id', '=', reviewId).execute()
    t.travel(undoMs)
    await sweepOutbox(t.deps)
    await sendDeliveries(t.deps)
  }

  async function getDecided(deliveryId: string) {
    const { decision_id } = await t.db
      .selectFrom('delivery')
      .select('decision_id')
      .where('id', '=', deliveryId)
      .executeTakeFirstOrThrow()
    return decisions.find((made) => made.id === decision_id)!
  }

  function apply(made: Made, says: DeliveryAnswer, onAccount: boolean) {
    if (says === 'refused') return
    model.carryOut(made, says === 'done' ? null : onAccount ? 'account' : 'post')
  }

  /** A late one, by a program, to whatever was sent and has no final answer. */
  async function answer({ which, says }: Act & { kind: 'answer' }) {
    if (how === 'obeyed') return
    const sent = await t.db
      .selectFrom('delivery')
      .selectAll()
      .where('account_id', '=', account.id)
      .where('measure_id', 'is', null)
      .where('attempts', '>', 0)
      .where((eb) => eb.or([eb('answer', 'is', null), eb('answer', '=', 'refused')]))
      .orderBy('number')
      .execute()
    const delivery = sent[which % Math.max(sent.length, 1)]
    if (!delivery) return
    await answerDelivery(t.deps, program, delivery.id, { answer: says })
    const { apply: toDo, lift, post } = JSON.parse(delivery.body) as Message
    const onAccount = !post || [...toDo, ...lift].some(({ target }) => target === 'account')
    apply(await getDecided(delivery.id), says, onAccount)
  }

  async function wait(ms: number) {
    t.travel(ms)
    platform.reply((message) => {
      platforms.take(message)
      return {}
    })
    await lapseMeasures(t.deps)
    model.lapse(t.deps.now().getTime())
    await sendDeliveries(t.deps)
  }

  async function check() {
    // What began with its end in the past lapses with the next look.
    await lapseMeasures(t.deps)
    model.lapse(t.deps.now().getTime())
    const inForce = await findMeasuresInForce(t.db, account.id)
    const names = inForce.map(({ decisionId, target, kind }) => `${decisionId} ${target}.${kind}`)
    expect(names.toSorted()).toEqual(model.measures())
    const row = await t.db.selectFrom('account').select('status').where('id', '=', account.id).executeTakeFirstOrThrow()
    expect(row.status).toBe(model.status())
    if (how !== 'obeyed') return
    const kinds = new Set(inForce.filter(({ target }) => target === 'account').map(({ kind }) => kind))
    expect(platforms.kept(account.external_id)).toEqual([...kinds].toSorted())
    const strongest = (['terminate', 'block', 'limit', 'warn'] as const).find((kind) => kinds.has(kind)) ?? null
    expect(platforms.held(account.external_id)).toBe(strongest)
  }
}

const at = (time: number | null) => (time === null ? {} : { endsAt: new Date(time).toISOString() })

const praise = {
  outcome: 'violation' as const,
  clause: { id: 'test.praise', version: 1 },
  furtherClauses: [],
  exemption: null,
  purposeWeighed: true,
  territory: [],
  rationale: 'Praises the attack.',
}

async function decideNew(account_id: string, draft: typeof praise & { measures: Measure[] }) {
  const review = await createReview(t.db, { account_id })
  const now = t.deps.now()
  await createLease(t.db, review, {
    holder_id: person.id,
    taken_at: now,
    expires_at: new Date(now.getTime() + hourMs),
  })
  const input: DecisionInput = {
    ...draft,
    clientId: crypto.randomUUID(),
    version: review.version,
    snapshotId: review.snapshot_id,
    handlingMs: 1,
  }
  return decideReview(t.deps, person, review.id, input)
}

describe('decisions, corrections, lapses and answers in any order', { timeout: 120_000 }, () => {
  it('leave in force what a plain recount says, where nothing is connected', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 10 }), (acts) => play(acts, 'recorded')),
      { numRuns: 20 },
    )
  })

  it('leave in force what a plain recount says, where a platform answers', async () => {
    await connectPlatform()
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 10 }), (acts) => play(acts, 'answered')),
      { numRuns: 30 },
    )
  })

  it('leave a platform that does as it is told with just what is in force', async () => {
    await connectPlatform()
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 10 }), (acts) => play(acts, 'obeyed')),
      { numRuns: 30 },
    )
  })
})

let isPlatformConnected = false

async function connectPlatform() {
  if (isPlatformConnected) return
  isPlatformConnected = true
  await t.db.transaction().execute(async (tx) => {
    const id = crypto.randomUUID()
    const now = t.deps.now()
    const input = { name: 'VK', url: platform.url, platforms: [], sources: [], isActive: true }
    await insertReceiver(tx, id, input, now)
    await insertSecret(tx, id, 'secret', { now, oldEndsAt: now })
  })
}
