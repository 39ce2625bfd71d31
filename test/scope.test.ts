import { beforeAll, describe, expect, it } from 'vitest'
import { addressOf } from '#client/api/call.ts'
import { appendEvents, sealEvents } from '#server/features/audit/audit.queries.ts'
import { api } from '#shared/contract/api.ts'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import { may, type Role } from '#shared/domain/permissions.ts'
import { useTestApi } from './support/api.ts'
import { createAccount } from './support/factories.ts'
import { useLive } from './support/live.ts'
import { createWorld, findTraces, queues, type World } from './support/two-worlds.ts'

/*
 * Everybody here sees one queue of two, and nothing that is restricted. Every door of the API is opened by all of them,
 * with the ids and the words of what they may not see: nothing of it comes back, and what they are told of the rest does
 * not depend on it.
 */

const t = useTestApi()
const live = useLive(t)
const clientId = () => crypto.randomUUID()

type Asked = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown }
type Named = World['items'][number] &
  Pick<World, 'receiverId'> & {
    queueId: string
    word: string
    deliveryId: string
    threatId: string
  }
type Calls = (of: Named) => Asked[]

/** Before anybody is signed in, about oneself, or about people and programs: nothing that stands in a queue. */
const nothingOfReviews: Calls = () => []
/** What a sender is told of what it sent: its own receipt, which names the review that its flag went to. */
const receipts: Calls = () => []
const justList: Calls = () => [{}]
const anybody = '01900000-0000-7000-8000-000000000000'

const onReview =
  (body: () => object): Calls =>
  ({ reviewId }) => [{ params: { reviewId }, body: { clientId: clientId(), ...body() } }]
const onReporter =
  (body?: object): Calls =>
  ({ reporterId }) => [{ params: { reporterId }, ...(body && { body: { clientId: clientId(), ...body } }) }]
const onProposal =
  (body: object): Calls =>
  ({ proposalId }) => [{ params: { proposalId }, body: { clientId: clientId(), ...body } }]
const onAppeal =
  (body?: object): Calls =>
  ({ appealId }) =>
    appealId ? [{ params: { appealId }, ...(body && { body: { clientId: clientId(), ...body } }) }] : []
const decision = {
  outcome: 'no_violation',
  clause: null,
  furtherClauses: [],
  exemption: null,
  measures: [],
  rationale: 'Looked at again.',
}

const calls: { [Name in keyof typeof api]: Calls } = {
  signIn: nothingOfReviews,
  signOut: nothingOfReviews,
  getSession: justList,
  changePreferences: nothingOfReviews,
  changeOrganisation: nothingOfReviews,
  changeLadder: nothingOfReviews,
  getSetup: nothingOfReviews,
  completeSetup: nothingOfReviews,
  getInvitation: nothingOfReviews,
  acceptInvitation: nothingOfReviews,
  listPeople: justList,
  listTeam: justList,
  invitePerson: nothingOfReviews,
  withdrawInvitation: nothingOfReviews,
  changeAccess: nothingOfReviews,
  changeRole: nothingOfReviews,
  changeRestricted: nothingOfReviews,
  disablePerson: nothingOfReviews,
  enablePerson: nothingOfReviews,
  issueResetLink: nothingOfReviews,
  listSessions: justList,
  endSession: nothingOfReviews,
  listKeys: justList,
  makeKey: nothingOfReviews,
  revokeKey: nothingOfReviews,
  createFlag: receipts,
  createFlags: receipts,
  stateAccounts: receipts,
  statePosts: receipts,
  previewImport: receipts,
  importPart: receipts,
  uploadMedia: receipts,
  getMedia: ({ sha256 }) =>
    ['thumbnail', 'redacted', 'display', 'original'].map((variant) => ({ params: { sha256, variant } })),
  lookUp: ({ reviewId, accountId, decisionId, sha256, word }) =>
    [reviewId, accountId, decisionId, sha256, word, word.slice(0, 6)].flatMap((text) =>
      text ? [{ query: { text } }] : [],
    ),
  listReviews: ({ reviewId, accountId, reporterId, queueId, word }) =>
    [
      {},
      { sort: 'newest', state: ['open', 'decided'], limit: 200 },
      { state: 'decided' },
      { queue: queueId },
      { account: accountId },
      { reporter: reporterId },
      { id: reviewId },
      { q: word },
      { q: reviewId },
      { isThreat: 'true' },
      { isRestricted: 'true' },
    ].map((query) => ({ query })),
  countReviews: ({ accountId, queueId, word }) =>
    [{}, { queue: queueId }, { account: accountId }, { q: word }, { isRestricted: 'true' }].map((query) => ({ query })),
  getReview: ({ reviewId }) => [{ params: { reviewId } }],
  listReviewFlags: ({ reviewId }) => [{ params: { reviewId } }],
  takeNext: ({ queueId, word }) =>
    [{ queue: [queueId] }, { q: word }].map((filter) => ({ body: { clientId: clientId(), filter, count: 10 } })),
  claimReview: onReview(() => ({})),
  renewLeases: ({ reviewId }) => [{ body: { reviewIds: [reviewId] } }],
  renewLease: onReview(() => ({})),
  releaseReview: onReview(() => ({})),
  holdReview: onReview(() => ({ version: 1, reason: 'evidence', wakeAt: '2026-12-01T00:00:00.000Z' })),
  resumeReview: onReview(() => ({ version: 1 })),
  escalateReview: onReview(() => ({ version: 1, to: { role: 'supervisor' }, reason: 'Two readings.' })),
  returnReview: onReview(() => ({ version: 1, answer: 'The second.' })),
  handOver: onReview(() => ({ version: 1, note: 'Half done.', toId: null })),
  moveReview: onReview(() => ({ version: 1, queueId: queues.inside, reason: 'Belongs there.' })),
  skipReview: onReview(() => ({ version: 1, reason: 'language' })),
  assignReview: onReview(() => ({ version: 1, personId: null })),
  takeOver: onReview(() => ({ version: 1 })),
  listHeld: justList,
  runBulk: ({ reviewId, queueId, word }) =>
    [{ items: [{ reviewId, version: 1 }] }, { filter: { queue: [queueId] } }, { filter: { q: word } }].flatMap(
      (choice) =>
        [true, false].map((dryRun) => ({
          body: {
            clientId: clientId(),
            dryRun,
            choice,
            act: { kind: 'escalate', to: { role: 'admin' }, reason: 'Two readings.' },
          },
        })),
    ),
  undoBulk: () => [{ params: { bulkId: anybody }, body: { clientId: clientId() } }],
  getBulk: () => [{ params: { bulkId: anybody } }],
  listViews: justList,
  countViews: justList,
  saveView: ({ queueId, word }) =>
    [{ queue: [queueId] }, { q: word.slice(0, 6) }].map((query) => ({
      body: { clientId: clientId(), name: 'Mine', query, columns: null, density: null },
    })),
  orderViews: nothingOfReviews,
  changeView: nothingOfReviews,
  deleteView: nothingOfReviews,
  getBoard: justList,
  revealMedia: ({ reviewId, sha256 }) => [{ params: { reviewId }, body: { clientId: clientId(), sha256 } }],
  getExposure: justList,
  askForReveals: nothingOfReviews,
  listExposure: justList,
  addReveals: nothingOfReviews,
  endReveal: () => [{ params: { revealId: anybody }, body: { shownMs: 1 } }],
  restrictReview: onReview(() => ({ isRestricted: false })),
  restrictMedia: ({ sha256 }) => [{ params: { sha256 }, body: { clientId: clientId(), isRestricted: false } }],
  raiseThreat: onReview(() => ({ line: 'Says so.' })),
  listThreats: ({ reviewId }) => [{}, { query: { reviewId } }],
  answerThreat: ({ threatId }) => [
    { params: { threatId }, body: { clientId: clientId(), told: 'Nobody.', toldAt: null } },
  ],
  translateReview: onReview(() => ({ to: 'en' })),
  decideReview: onReview(() => ({ ...decision, version: 1, snapshotId: anybody, handlingMs: 1 })),
  proposeDecision: onReview(() => ({ ...decision, version: 1, snapshotId: anybody, handlingMs: 1 })),
  confirmProposal: onProposal({ version: 1, snapshotId: anybody }),
  refuseProposal: onProposal({ version: 1, reason: 'Too much.' }),
  withdrawProposal: onProposal({}),
  supersedeDecision: ({ decisionId }) =>
    decisionId ? [{ params: { decisionId }, body: { ...decision, clientId: clientId() } }] : [],
  undoDecision: ({ decisionId }) => (decisionId ? [{ params: { decisionId }, body: { clientId: clientId() } }] : []),
  listReceivers: justList,
  addReceiver: nothingOfReviews,
  changeReceiver: nothingOfReviews,
  rotateSecret: nothingOfReviews,
  listDeliveries: ({ receiverId }) => [{}, { query: { state: 'failed' } }, { query: { receiver: receiverId } }],
  retryDelivery: ({ deliveryId }) => [{ params: { deliveryId }, body: { clientId: clientId() } }],
  answerDelivery: ({ deliveryId }) => [{ params: { deliveryId }, body: { answer: 'done' } }],
  listDecisions: ({ accountId, queueId }) =>
    [{}, { superseded: 'false' }, { account: accountId }, { queue: queueId }, { outcome: 'violation' }].map(
      (query) => ({
        query,
      }),
    ),
  getDecision: ({ decisionId }) => (decisionId ? [{ params: { decisionId } }] : []),
  listTemplates: justList,
  writeTemplate: nothingOfReviews,
  listAppeals: ({ accountId, decisionId, queueId }) =>
    [
      {},
      { tab: 'all', sort: 'newest' },
      { tab: 'all', account: accountId },
      { queue: queueId },
      ...(decisionId ? [{ tab: 'all', decision: decisionId }] : []),
    ].map((query) => ({ query })),
  countAppeals: justList,
  getAppeal: onAppeal(),
  fileAppeal: ({ decisionId }) =>
    decisionId ? [{ body: { about: { decisionId }, clientId: clientId(), appellant: {}, text: 'Look again.' } }] : [],
  claimAppeal: onAppeal({}),
  releaseAppeal: onAppeal({}),
  decideAppeal: onAppeal({ outcome: 'upheld', rationale: 'Read again.' }),
  undoAppeal: onAppeal({}),
  withdrawAppeal: onAppeal({ reason: 'Taken back.' }),
  listAccounts: ({ word }) => [{}, { query: { q: word } }, { query: { sort: 'oldest', limit: 200 } }],
  getAccount: ({ accountId }) => [{ params: { accountId } }],
  getAccountTimeline: ({ accountId }) => [{ params: { accountId } }],
  listAccountPosts: ({ accountId }) => [{ params: { accountId } }],
  listFlags: ({ accountId, reporterId }) =>
    [{}, { sort: 'oldest', limit: 200 }, { account: accountId }, { reporter: reporterId }].map((query) => ({ query })),
  listReporters: ({ word }) => [{}, { query: { q: word } }, { query: { sort: 'newest', limit: 100 } }],
  getReporter: onReporter(),
  previewSetAside: onReporter(),
  setAsideFlags: onReporter({ upTo: '2026-12-01T00:00:00.000Z' }),
  takeUpFlags: onReporter({}),
  muteReporter: onReporter({ until: null }),
  unmuteReporter: onReporter({}),
  trustReporter: onReporter({ weight: 3 }),
  addReviewNote: onReview(() => ({ body: 'A note.' })),
  addPostNote: ({ postId }) => [{ params: { postId }, body: { clientId: clientId(), body: 'A note.' } }],
  pinNote: ({ reviewId, accountId, postId }) =>
    [
      { on: 'review', id: reviewId },
      { on: 'account', id: accountId },
      { on: 'post', id: postId },
    ].map((on) => ({ body: { ...on, noteId: null, clientId: clientId() } })),
  lookAtNotes: ({ reviewId, accountId, postId }) =>
    [
      { on: 'review', id: reviewId },
      { on: 'account', id: accountId },
      { on: 'post', id: postId },
    ].map((subject) => ({ body: { subjects: [subject] } })),
  listReaders: ({ reviewId, accountId, postId }) =>
    [
      { on: 'review', id: reviewId },
      { on: 'account', id: accountId },
      { on: 'post', id: postId },
    ].map((query) => ({ query })),
  listInbox: justList,
  countInbox: justList,
  markInbox: nothingOfReviews,
  addAccountNote: ({ accountId }) => [{ params: { accountId }, body: { clientId: clientId(), body: 'A note.' } }],
  listTerms: justList,
  getGlossaryForms: justList,
  getTerm: () => [{ params: { termId: anybody } }],
  getTermOutcomes: () => [{ params: { termId: anybody } }],
  addTerm: nothingOfReviews,
  changeTerm: nothingOfReviews,
  retireTerm: nothingOfReviews,
  importTerms: nothingOfReviews,
  previewTerm: ({ word }) => [{ body: { forms: [{ text: word, language: 'en', endings: 'any' }] } }],
  listPolicies: justList,
  listDrafts: justList,
  getDraft: nothingOfReviews,
  openDraft: nothingOfReviews,
  saveDraft: nothingOfReviews,
  askAboutDraft: nothingOfReviews,
  takeBackDraft: nothingOfReviews,
  discardDraft: nothingOfReviews,
  sendBackDraft: nothingOfReviews,
  publishDraft: nothingOfReviews,
  exportPolicy: nothingOfReviews,
  importPolicy: nothingOfReviews,
  getPolicyUse: () => [{ params: { policyId: 'tve.glorification' } }],
  listSamples: justList,
  drawSample: nothingOfReviews,
  getSample: nothingOfReviews,
  getNextRereview: nothingOfReviews,
  answerRereview: nothingOfReviews,
  listReasons: justList,
  writeReason: nothingOfReviews,
  listQueues: justList,
  listQueueSettings: justList,
  addQueue: nothingOfReviews,
  changeQueue: nothingOfReviews,
  previewTargets: ({ queueId }) => [{ params: { queueId }, body: { targetMs: 3_600_000, sourceTargets: {} } }],
  orderQueues: nothingOfReviews,
  retireQueue: nothingOfReviews,
  listRules: justList,
  saveRuleDraft: nothingOfReviews,
  discardRuleDraft: nothingOfReviews,
  publishRules: nothingOfReviews,
  tryRules: ({ queueId }) => [{ body: { rules: [], lastResortId: queueId } }],
  listWeights: justList,
  tryWeights: nothingOfReviews,
  changeWeights: nothingOfReviews,
  listReasonCodes: justList,
  mapReasonCode: nothingOfReviews,
  getTraining: justList,
  changeTraining: nothingOfReviews,
  changeSkills: nothingOfReviews,
  getOptOuts: justList,
  changeOptOuts: nothingOfReviews,
  listEvents: ({ reviewId, accountId, decisionId, word }) => [
    // Exporting writes events of its own.
    ...(word === 'within' ? [] : [{}]),
    { query: { limit: 200, subjectKind: ['account', 'decision', 'flag', 'media', 'review', 'snapshot'] } },
    { query: { kind: 'review.opened' } },
    ...[reviewId, accountId, decisionId].flatMap((subjectId) => (subjectId ? [{ query: { subjectId } }] : [])),
  ],
  followChanges: nothingOfReviews,
  tellPresence: ({ reviewId }) => [{ body: { pageId: anybody, reviewId } }],
  getReport: ({ queueId }) => {
    const period = { from: '2025-12-31', to: '2026-01-31' }
    return [{ query: period }, { query: { ...period, queue: queueId, by: 'queue' } }]
  },
  listReportRows: ({ queueId }) => {
    const period = { from: '2025-12-31', to: '2026-01-31' }
    return [
      { query: { ...period, figure: 'flags' } },
      { query: { ...period, figure: 'backlog' } },
      { query: { ...period, figure: 'decisions', queue: queueId } },
    ]
  },
  exportRows: ({ word }) => [
    // Exports are events themselves, so the log is another one each time.
    ...['reviews', 'decisions', 'accounts', 'flags', 'appeals'].map((kind) => ({ params: { kind, format: 'csv' } })),
    ...['reviews', 'decisions'].map((kind) => ({ params: { kind, format: 'csv' }, query: { q: word } })),
  ],
  createExport: nothingOfReviews,
  listExports: justList,
  getExport: () => [{ params: { exportId: anybody } }],
  getManifest: () => [{ params: { exportId: anybody } }],
  downloadExport: () => [{ params: { exportId: anybody } }],
  cancelExport: () => [{ params: { exportId: anybody }, body: { clientId: clientId() } }],
  listSchedules: justList,
  createSchedule: nothingOfReviews,
  deleteSchedule: nothingOfReviews,
}

const endpoints = Object.entries<Endpoint>(api)
/** Acts are tried on what lies outside only: inside they would change what is compared. */
const reading = endpoints.filter(([, e]) => e.method === 'GET')

const roles: Role[] = ['reviewer', 'supervisor', 'admin', 'auditor']
let programs: Partial<Record<Role, Record<string, string>>> = {}
const readers = roles.flatMap((role) => [
  { name: role, role, headers: () => t.person(role).headers },
  { name: `program as ${role}`, role, headers: () => programs[role]! },
])
type Reader = (typeof readers)[number]

let shared: string
let within: World
const outside: { name: string; world: World; traces: Set<string> }[] = []
const before = new Map<string, unknown>()

const namesOf = (world: World, name: string, queueId: string): Named[] =>
  world.items.map((item) => ({
    ...item,
    queueId,
    word: name,
    receiverId: world.receiverId,
    deliveryId: world.deliveryIds[0]!,
    threatId: world.threatIds[0]!,
  }))

async function ask(e: Endpoint, asked: Asked, reader: Reader) {
  const path = addressOf(e as never, { params: asked.params ?? {}, query: asked.query ?? {} } as never)
  const hasBody = e.method !== 'GET'
  const init = hasBody
    ? { body: JSON.stringify(asked.body ?? {}), headers: { 'content-type': 'application/json' } }
    : {}
  const response = await t.fetch(path, { method: e.method, ...init }, reader.headers())
  return { status: response.status, text: await response.text() }
}

/** What differs between two readings of the same: moments, the length of the log, figures of the whole house. */
const passing = new Set([
  'head',
  'headSeq',
  'readySeq',
  'oldestMs',
  'seq',
  'hash',
  'countedAt',
  'lastSeenAt',
  'lastUsedAt',
  'facets',
  'decisionCount',
  'recent',
  'upTo',
  'requestId',
  'waiting',
  'failed',
])

/** An account's status is told whoever decided it, without its cause; that somewhere a life is in danger is told, too. */
const isTold = (value: unknown) => {
  const { cause, source, isHidden } = (value ?? {}) as Record<string, unknown>
  return !(cause === null && source === 'docket') && isHidden !== true
}

function comparable(name: string, text: string) {
  if (!text.startsWith('{')) return text
  return JSON.parse(text, (key, value) => {
    if (passing.has(key) || (name === 'listThreats' && key === 'count')) return undefined
    return Array.isArray(value) ? value.filter(isTold) : value
  })
}

async function answersInside(reader: Reader) {
  const answers: [string, unknown][] = []
  for (const [name, e] of reading) {
    // Each file that is asked for here is one more in the list of one's own.
    if (name === 'listExports') continue
    if (e.permission !== 'signed_in' && e.permission !== 'public' && !may(reader.role, e.permission)) continue
    for (const named of namesOf(within, 'within', queues.inside)) {
      for (const asked of calls[name as keyof typeof api](named)) {
        const key = `${reader.name} ${name} ${JSON.stringify([asked.params, asked.query])}`
        const { status, text } = await ask(e, asked, reader)
        answers.push([key, { status, text: comparable(name, text) }])
      }
    }
  }
  return answers
}

beforeAll(async () => {
  const by = t.person('reviewer').id
  shared = (await createAccount(t.db)).id
  within = await createWorld(t.db, 'within', { queue_id: queues.inside, accountId: shared, by })
  for (const role of roles) {
    const headers = await t.keyHeaders({ role })
    const { person } = await (await t.fetch('/api/v1/session', {}, headers)).json()
    programs = { ...programs, [role]: headers }
    for (const each of [person, t.person(role)]) await t.setScope(each, { queues: [queues.inside] })
  }
  await sealEvents(t.db)
  for (const reader of readers) for (const [key, answer] of await answersInside(reader)) before.set(key, answer)
  for (const [name, options] of [
    ['beyond', { queue_id: queues.outside }],
    ['sealed', { queue_id: queues.inside, is_restricted: true }],
  ] as const) {
    const world = await createWorld(t.db, name, { ...options, accountId: shared, by })
    outside.push({ name, world, traces: await findTraces(t.db, world, shared) })
  }
  await sealEvents(t.db)
}, 120_000)

/** What was sent may be named in the refusal. */
function tracesIn(text: string, traces: Set<string>, asked: Asked) {
  const sent = JSON.stringify(asked)
  return [...traces].filter((trace) => text.includes(trace) && !sent.includes(trace))
}

/** Before any act: what is asked here has not been changed by one. */
describe.each(readers)('what stands inside', (reader) => {
  it(`is told to ${reader.name} as if nothing else were there`, async () => {
    const after = await answersInside(reader)
    const changed = after.filter(([key, answer]) => JSON.stringify(answer) !== JSON.stringify(before.get(key)))
    expect(changed.map(([key, answer]) => ({ key, answer, before: before.get(key) }))).toEqual([])
  })
})

describe.each(readers)('$name', (reader) => {
  it.each(endpoints)('gets nothing of what lies outside by %s', async (name, e) => {
    for (const { name: world, world: of, traces } of outside) {
      expect(traces.size).toBeGreaterThan(40)
      for (const named of namesOf(of, world, world === 'beyond' ? queues.outside : queues.inside)) {
        for (const asked of calls[name as keyof typeof api](named)) {
          const { status, text } = await ask(e, asked, reader)
          expect(status).toBeLessThan(500)
          expect(tracesIn(text, traces, asked)).toEqual([])
          const isHidden =
            asked.params &&
            !Object.values(asked.params).includes(shared) &&
            !('kind' in asked.params) &&
            !('policyId' in asked.params)
          if (isHidden) expect({ asked, status }).toEqual({ asked, status: refusalOf(name, reader, e, status) })
        }
      }
    }
  })
})

function refusalOf(name: string, { role }: Reader, e: Endpoint, status: number) {
  // Who sees some queues only does not shape them, whichever it is.
  if (name === 'previewTargets' && status === 403) return 403
  // A key is told that it may not speak for the receiver before it is told whether there is such a delivery.
  if (name === 'answerDelivery' && status === 403) return 403
  return e.permission !== 'signed_in' && e.permission !== 'public' && !may(role, e.permission) ? 403 : 404
}

describe('the live stream', () => {
  it.each(readers)('names nothing of what lies outside to $name', async (reader) => {
    const stream = await live.follow(reader.headers())
    const change = (of: World) =>
      appendEvents(
        t.db,
        of.items.flatMap(({ reviewId, accountId, decisionId }) => [
          { kind: 'review.claimed', by: null, subject: { kind: 'review', id: reviewId, version: 2 } },
          { kind: 'account.status_changed', by: null, subject: { kind: 'account', id: accountId } },
          ...(decisionId
            ? [{ kind: 'decision.delivered', by: null, subject: { kind: 'decision', id: decisionId } }]
            : []),
        ]),
      )
    for (const { world } of outside) await change(world)
    await change(within)
    await live.seal()
    await stream.until((all) => all.some(({ name }) => name === 'changes'))
    const said = JSON.stringify(stream.messages)
    expect(said).toContain(within.items[0]!.reviewId)
    for (const { traces } of outside) expect(tracesIn(said, traces, {})).toEqual([])
  })
})
