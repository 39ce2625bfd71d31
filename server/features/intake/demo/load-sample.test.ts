import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideAppeal } from '#server/features/appeals/decide-appeal.ts'
import { fileAppeal } from '#server/features/appeals/file-appeal.ts'
import { claimAppeal } from '#server/features/appeals/hear-appeal.ts'
import { addTerm, changeTerm } from '#server/features/glossary/write-term.ts'
import { writeTemplate } from '#server/features/messages/write-template.ts'
import { writeReason } from '#server/features/policies/reasons/write-reason.ts'
import { confirmProposal } from '#server/features/review/confirming/confirm-proposal.ts'
import { proposeDecision } from '#server/features/review/confirming/propose-decision.ts'
import { decideReview } from '#server/features/review/decisions/decide-review.ts'
import { supersedeIn } from '#server/features/review/decisions/supersede-decision.ts'
import { undoDecision } from '#server/features/review/decisions/undo-decision.ts'
import { claimReview } from '#server/features/review/lease/claim-review.ts'
import { addNote } from '#server/features/review/notes/add-note.ts'
import { pinNote } from '#server/features/review/notes/pin-note.ts'
import { escalateReview } from '#server/features/review/turns/escalate-review.ts'
import { holdReview } from '#server/features/review/turns/hold-review.ts'
import { createAuth } from '#server/http/auth.ts'
import { type Deps, defaultSettings } from '#server/http/deps.ts'
import { sweepOutbox } from '#server/jobs/sweep-outbox.ts'
import { folderStore } from '#server/media/store.ts'
import { compileGlossary } from '#shared/domain/glossary/compile.ts'
import { findTerms } from '#shared/domain/glossary.ts'
import { type TestDb, testDb } from '#test/support/db.ts'
import { loadSample } from './load-sample.ts'
import { samplePassword, samplePeople } from './people.ts'
import { sampleTerms } from './terms.ts'

let database: TestDb
let deps: Deps
let mediaDir: string
let loaded: { flags: number; acts: number }
const startedAt = new Date()

beforeAll(async () => {
  database = await testDb()
  mediaDir = await mkdtemp(join(tmpdir(), 'docket-sample-'))
  const { db } = database
  const settings = { ...defaultSettings, publicUrl: 'http://127.0.0.1:3000', exportsDir: mediaDir }
  const auth = await createAuth({ db, settings })
  const log = pino({ level: 'silent' })
  deps = { db, auth, settings, log, mediaStore: folderStore(mediaDir), now: () => new Date() }
  loaded = await loadSample(deps, {
    claimReview,
    decideReview,
    proposeDecision,
    confirmProposal,
    holdReview,
    escalateReview,
    addNote,
    pinNote,
    writeReason,
    writeTemplate,
    addTerm,
    changeTerm,
    sweepOutbox,
    fileAppeal,
    claimAppeal,
    decideAppeal: (deps, by, act) => decideAppeal(deps, { supersedeIn, undoDecision }, by, act),
  })
}, 240_000)

afterAll(async () => {
  await database.drop()
  await rm(mediaDir, { recursive: true, force: true })
})

const reviewOf = (externalId: string) =>
  deps.db
    .selectFrom('review')
    .innerJoin('post', 'post.id', 'review.post_id')
    .selectAll('review')
    .where('post.external_id', '=', externalId)
    .executeTakeFirstOrThrow()

describe('loadSample', () => {
  it('brings terms that mark the captions of the story, the changed one in both versions', async () => {
    const versions = await deps.db.selectFrom('term_version').select(['headword', 'version']).execute()
    expect(versions.filter(({ headword }) => headword === 'тагут').map(({ version }) => version)).toEqual([1, 2])
    const glossary = compileGlossary(sampleTerms.map(({ content }) => ({ id: content.headword, forms: content.forms })))
    const captions = await deps.db.selectFrom('snapshot').select('caption').execute()
    const marked = new Set(captions.flatMap(({ caption }) => findTerms(caption, glossary).map(({ termId }) => termId)))
    expect([...marked].sort()).toEqual(sampleTerms.map(({ content }) => content.headword).sort())
  })

  it('takes every flag in and lets every decision take effect', async () => {
    const { flags } = await deps.db
      .selectFrom('flag')
      .select((eb) => eb.fn.countAll<number>().as('flags'))
      .executeTakeFirstOrThrow()
    const outbox = await deps.db.selectFrom('outbox').select('state').distinct().execute()
    expect(flags).toBe(loaded.flags)
    expect(outbox).toEqual([{ state: 'recorded' }])
  })

  it('decides in the past what was opened before, and logs it now', async () => {
    const decided = await deps.db
      .selectFrom('review')
      .select(['opened_at', 'decided_at'])
      .where('state', '=', 'decided')
      .execute()
    expect(decided.length).toBeGreaterThan(300)
    expect(decided.filter((row) => row.decided_at! < row.opened_at || row.decided_at! > startedAt)).toEqual([])
    const { first } = await deps.db
      .selectFrom('event')
      .select((eb) => eb.fn.min('at').as('first'))
      .executeTakeFirstOrThrow()
    expect(first.getTime()).toBeGreaterThanOrEqual(startedAt.getTime())
  })

  it('leaves work in every queue and state that the screens show', async () => {
    const waiting = await deps.db
      .selectFrom('review')
      .select(['queue_id', 'state', 'holder_id'])
      .where('state', '<>', 'decided')
      .execute()
    const queues = await deps.db.selectFrom('queue').select('id').execute()
    expect(new Set(waiting.map((row) => row.queue_id))).toEqual(new Set(queues.map((row) => row.id)))
    expect(new Set(waiting.map((row) => row.state))).toEqual(new Set(['open', 'on_hold', 'escalated', 'confirming']))
    expect(waiting.some((row) => row.holder_id)).toBe(true)
  })

  it('keeps what became of the first account of the story', async () => {
    const history = await deps.db
      .selectFrom('account_status')
      .innerJoin('account', 'account.id', 'account_status.account_id')
      .select(['account_status.status', 'account_status.source'])
      .where('handle', '=', 'artyom_atyrau')
      .where('is_turn', '=', true)
      .orderBy('since')
      .execute()
    expect(history.map((row) => row.status)).toEqual(['active', 'blocked', 'deleted'])
    expect(history[1]?.source).toBe('docket')
  })

  it('puts the series of the second account first, with time left', async () => {
    const series = await reviewOf('story-series')
    expect(series).toMatchObject({ state: 'open', queue_id: 'urgent', policy_id: 'tve.recruitment' })
    expect(series).toMatchObject({ flag_count: 9, media_count: 3, holder_id: null })
    expect(series.due_at.getTime()).toBeGreaterThan(startedAt.getTime())
    const { top } = await deps.db
      .selectFrom('review')
      .select((eb) => eb.fn.max('priority').as('top'))
      .executeTakeFirstOrThrow()
    expect(series.priority).toBe(top)
  })

  it('leaves the news report open, lowered as news', async () => {
    const report = await reviewOf('story-report')
    expect(report.state).toBe('open')
    expect(report.priority_terms).toContainEqual(expect.objectContaining({ code: 'news' }))
  })

  it('holds appeals that wait, and two that were answered: one upheld, one a report wrongly removed', async () => {
    const appeals = await deps.db.selectFrom('appeal').selectAll().orderBy('filed_at').execute()
    expect(appeals.map(({ outcome }) => outcome)).toEqual(['reversed', 'upheld', null, null])
    expect(appeals[0]!.wrongly_down_ms).toBeGreaterThan(3_600_000)
    expect((await reviewOf('story-court')).exemption).toBe('news')
  })

  it('makes people who can sign in with the sample password', async () => {
    const { user } = await deps.auth.api.signInEmail({
      body: { email: samplePeople.dana.email, password: samplePassword },
    })
    expect(user.name).toBe(samplePeople.dana.name)
  })
})
