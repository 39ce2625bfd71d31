import { describe, expect, it } from 'vitest'
import { buildDecision, buildExemption, buildPolicy } from '#test/support/build.ts'
import { clauseOptions, suspectedOf } from './clause-options.ts'
import {
  blankDraft,
  type Change,
  changeDraft,
  correctionOf,
  draftOf,
  gapOf,
  inputOf,
  noViolation,
} from './decision-draft.ts'

const glorification = buildPolicy({ id: 'tve.glorification', needsPurposeTest: true })
const spam = buildPolicy({ id: 'spam', code: '9.1', section: { code: '9', name: 'Spam' }, needsPurposeTest: false })
const news = buildExemption({ id: 'news' })
const policies = new Map([glorification, spam, news].map((policy) => [policy.id, policy]))

const draftAfter = (...changes: Change[]) => changes.reduce(changeDraft, blankDraft())
const gapAfter = (...changes: Change[]) => gapOf(draftAfter(...changes), policies, { hasPost: true })
const clause = (value: string): Change => ({ type: 'clause', value })
const post = (value: 'keep' | 'label' | 'restrict' | 'remove'): Change => ({ type: 'post', value })
const block: Change = { type: 'account', value: 'block' }
const weighed: Change = { type: 'exemption', value: null }
const exempt: Change = { type: 'exemption', value: 'news' }
const because: Change = { type: 'rationale', value: 'Plain advertising.' }

describe('a draft', () => {
  it('starts with nothing chosen and the account left alone', () => {
    expect(draftAfter()).toMatchObject({ clause: null, post: null, account: 'none', exemption: null, territory: [] })
    expect(gapAfter()).toBe('all_missing')
  })

  it('asks for what is missing in the order of mending it', () => {
    expect(gapAfter(post('remove'))).toBe('clause_missing')
    expect(gapAfter(clause('tve.glorification'))).toBe('post_missing')
    expect(gapAfter(clause('tve.glorification'), post('remove'))).toBe('purpose_not_weighed')
    expect(gapAfter(clause('tve.glorification'), post('remove'), weighed)).toBeNull()
    expect(gapAfter(clause('spam'), post('restrict'))).toBe('restriction_missing')
    expect(gapAfter(clause('spam'), post('remove'), block)).toBe('rationale_missing')
    expect(gapAfter(clause('spam'), post('remove'), block, because)).toBeNull()
  })

  it('needs no choice for the post when only an account is flagged', () => {
    expect(gapOf(draftAfter(clause('spam'), block, because), policies, { hasPost: false })).toBeNull()
  })

  it('keeps the post and spares the account when nothing is broken', () => {
    const draft = draftAfter(clause('spam'), post('remove'), block, clause(noViolation))
    expect(draft).toMatchObject({ clause: noViolation, post: 'keep', account: 'none' })
    expect(gapOf(draft, policies, { hasPost: true })).toBeNull()
  })

  it('keeps the post and spares the account under an exemption', () => {
    expect(draftAfter(clause('tve.glorification'), post('remove'), block, exempt)).toMatchObject({
      clause: 'tve.glorification',
      post: 'keep',
      account: 'none',
      exemption: 'news',
    })
  })

  it('may label or restrict what is exempt', () => {
    expect(draftAfter(clause('tve.glorification'), exempt, post('label'))).toMatchObject({
      post: 'label',
      exemption: 'news',
    })
  })

  it.each([
    ['removing the post', post('remove')],
    ['a measure on the account', block],
  ])('takes an exemption back on %s, to be weighed again', (_what, change) => {
    expect(draftAfter(clause('tve.glorification'), exempt, change)).toMatchObject({
      exemption: null,
      purposeWeighed: false,
    })
  })

  it('takes “no violation” back on a measure, and asks for the clause', () => {
    expect(gapAfter(clause(noViolation), post('remove'))).toBe('clause_missing')
    expect(gapAfter(clause(noViolation), clause('spam'))).toBe('post_missing')
  })

  it('forgets how to restrict once something else is chosen', () => {
    const age: Change = { type: 'restriction', value: 'age' }
    expect(draftAfter(age)).toMatchObject({ post: 'restrict', restriction: 'age' })
    expect(draftAfter(age, post('label'))).toMatchObject({ post: 'label', restriction: null })
  })
})

describe('a decision as it is sent', () => {
  const seen = { version: 4, snapshotId: crypto.randomUUID(), handlingMs: 1_200 }

  it('cites the version of the clause that is in force', () => {
    const draft = draftAfter(clause('spam'), { type: 'restriction', value: 'age' }, block, because)
    expect(inputOf(draft, policies, seen)).toMatchObject({
      ...seen,
      clientId: draft.clientId,
      outcome: 'violation',
      clause: { id: 'spam', version: 1 },
      measures: [
        { target: 'post', kind: 'restrict', by: 'age' },
        { target: 'account', kind: 'block' },
      ],
    })
  })

  it('names clause and exemption of what is exempt, and neither when nothing is broken', () => {
    const kept = inputOf(draftAfter(clause('tve.glorification'), exempt), policies, seen)
    expect(kept).toMatchObject({
      outcome: 'exempt',
      exemption: 'news',
      clause: { id: 'tve.glorification' },
      measures: [],
    })
    const fine = inputOf(draftAfter(clause(noViolation)), policies, seen)
    expect(fine).toMatchObject({ outcome: 'no_violation', exemption: null, clause: null, measures: [] })
  })
})

describe('the clauses with a digit', () => {
  const near = buildPolicy({ id: 'tve.threat', decisionCount: 5 })
  const all = new Map([glorification, near, spam, news].map((policy) => [policy.id, policy]))

  it('are the suspected ones, then the most used of their section, then the rest', () => {
    expect(clauseOptions(all, ['tve.glorification']).map(({ id }) => id)).toEqual([
      'tve.glorification',
      'tve.threat',
      'spam',
    ])
  })

  it('count a suspicion by the flags behind it, the review’s own first', () => {
    const reasons = [
      { code: 'a', policy: 'spam', count: 2 },
      { code: 'b', policy: 'tve.threat', count: 7 },
      { code: 'c', policy: null, count: 9 },
    ]
    expect(suspectedOf('tve.glorification', [{ reasons }])).toEqual(['tve.glorification', 'tve.threat', 'spam'])
  })
})

describe('a correction', () => {
  const endsAt = '2099-01-01T00:00:00.000Z'
  const decided = buildDecision({
    clause: { id: 'tve.glorification', version: 3 },
    furtherClauses: [{ id: 'spam', version: 1 }],
    purposeWeighed: true,
    measures: [
      { target: 'post', kind: 'restrict', by: 'region' },
      { target: 'account', kind: 'block', endsAt },
    ],
    territory: ['DE'],
    rationale: 'Praises the attack.',
  })

  it('begins with what was decided, but for the reasons', () => {
    const draft = draftOf(decided)
    expect(draft).toMatchObject({ clause: 'tve.glorification', post: 'restrict', account: 'block', rationale: '' })
    expect(correctionOf(draft, policies, decided)).toMatchObject({
      outcome: 'violation',
      clause: decided.clause,
      furtherClauses: decided.furtherClauses,
      measures: decided.measures,
      territory: ['DE'],
    })
  })

  it('keeps the version of a clause that stays, and takes the newest of another', () => {
    const draft = changeDraft(draftOf(decided), clause('spam'))
    expect(correctionOf(draft, policies, decided)).toMatchObject({
      clause: { id: 'spam', version: spam.current.version },
      furtherClauses: [],
    })
  })

  it('lifts everything when nothing was broken', () => {
    const draft = changeDraft(draftOf(decided), clause(noViolation))
    expect(correctionOf(draft, policies, decided)).toMatchObject({ clause: null, furtherClauses: [], measures: [] })
  })
})

describe('the end of a measure', () => {
  const ends: Change = { type: 'accountEnds', value: { days: 7 } }

  it('is so many days from sending it', () => {
    const draft = draftAfter(clause('spam'), post('keep'), block, ends, because)
    const [measure] = inputOf(draft, policies, { version: 1, snapshotId: 'seen', handlingMs: 1 }).measures
    const days = (Date.parse(measure!.endsAt!) - Date.now()) / 86_400_000
    expect(days).toBeGreaterThan(6.9)
    expect(days).toBeLessThanOrEqual(7)
  })

  it('goes with a measure that can have none', () => {
    expect(draftAfter(block, ends, { type: 'account', value: 'limit' }).accountEnds).toEqual({ days: 7 })
    expect(draftAfter(block, ends, { type: 'account', value: 'terminate' }).accountEnds).toBeNull()
    expect(draftAfter(block, ends, clause(noViolation)).accountEnds).toBeNull()
  })
})
