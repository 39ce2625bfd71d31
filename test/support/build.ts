import type { AppealDetail } from '#shared/contract/appeals.ts'
import type { DecisionDetail } from '#shared/contract/decision-list.ts'
import type { DecisionRecord } from '#shared/contract/decisions.ts'
import type { DeliveryRow, Receiver } from '#shared/contract/deliveries.ts'
import type { LogEvent } from '#shared/contract/events.ts'
import type { Sha256 } from '#shared/contract/media.ts'
import type { MessageTemplate } from '#shared/contract/messages.ts'
import type { Note } from '#shared/contract/notes.ts'
import type { Policy, PolicyVersion, Queue } from '#shared/contract/policies.ts'
import type {
  AccountStanding,
  FlagGroup,
  Lease,
  ReviewDetail,
  ReviewId,
  ReviewRow,
  Snapshot,
  SnapshotMedia,
} from '#shared/contract/reviews.ts'
import type { Person } from '#shared/contract/team.ts'

/*
 * Things as the API shows them, for component tests: every field that a test does not name is plain and valid. Each call
 * counts on, so that two things of one kind differ.
 */

let n = 0

function next() {
  n += 1
  return n
}

/** Minute after minute of one day, so that later things are later. */
const timeOf = (count: number) => new Date(Date.UTC(2026, 0, 1, 0, count)).toISOString()

export const buildSha256 = () => next().toString(16).padStart(64, '0') as Sha256

/** A page of a list that has no further one. */
export function buildPage<Row>(items: Row[]) {
  return { items, nextCursor: null, previousCursor: null, count: { value: items.length, exact: true } }
}

export function buildReviewRow(overrides: Partial<ReviewRow> = {}): ReviewRow {
  const count = next()
  return {
    id: crypto.randomUUID() as ReviewId,
    reference: `DKT-${48_000 + count}`,
    version: 1,
    state: 'open',
    queueId: 'extremism',
    subject: 'post',
    captionExcerpt: `Caption ${count}`,
    language: 'ru',
    platform: 'vk',
    accountId: crypto.randomUUID(),
    handle: `account_${count}`,
    displayName: null,
    accountStatus: 'active',
    isNewAccount: false,
    claimedPlace: null,
    reach: null,
    score: null,
    postedAt: null,
    policy: 'tve.glorification',
    flagCount: 1,
    sources: ['user_report'],
    media: { count: 0, kinds: [], first: null, firstState: null },
    priority: 50,
    priorityTerms: [{ code: 'source', detail: 'user_report', value: 10 }],
    dueAt: timeOf(count + 240),
    openedAt: timeOf(count),
    holderId: null,
    decidedAt: null,
    decidedById: null,
    outcome: null,
    exemption: null,
    isRestricted: false,
    threatAt: null,
    ...overrides,
  }
}

export function buildLease(overrides: Partial<Lease> = {}): Lease {
  return { holderId: 'person-1', takenAt: timeOf(0), expiresAt: timeOf(5), ...overrides }
}

export function buildSnapshotMedia(overrides: Partial<SnapshotMedia> = {}): SnapshotMedia {
  return {
    position: 0,
    kind: 'image',
    sha256: buildSha256(),
    name: null,
    caption: null,
    mime: 'image/jpeg',
    width: 800,
    height: 600,
    state: 'ready',
    isRestricted: false,
    ...overrides,
  }
}

export function buildSnapshot(overrides: Partial<Snapshot> = {}): Snapshot {
  const count = next()
  return {
    id: crypto.randomUUID(),
    sha256: buildSha256(),
    capturedAt: timeOf(count),
    caption: `Caption ${count}`,
    language: 'ru',
    claimedPlace: null,
    reach: null,
    url: null,
    context: [],
    sourceName: 'vk-intake',
    media: [],
    accountStatus: 'active',
    handle: `account_${count}`,
    ...overrides,
  }
}

export function buildFlagGroup(overrides: Partial<FlagGroup> = {}): FlagGroup {
  return {
    kind: 'user_report',
    count: 1,
    sourceNames: ['vk-intake'],
    reasons: [{ code: 'extremism', policy: 'tve.glorification', count: 1 }],
    text: null,
    maxScore: null,
    firstAt: timeOf(1),
    latestAt: timeOf(1),
    ...overrides,
  }
}

export function buildNote(overrides: Partial<Note> = {}): Note {
  const count = next()
  return {
    id: crypto.randomUUID(),
    on: 'review',
    body: `Note ${count}`,
    authorId: 'person-1',
    writtenAt: timeOf(count),
    earlier: [],
    ...overrides,
  }
}

export function buildAccountStanding(overrides: Partial<AccountStanding> = {}): AccountStanding {
  const count = next()
  return {
    id: crypto.randomUUID(),
    platform: 'vk',
    externalId: `id${count}`,
    handle: `account_${count}`,
    displayName: null,
    kind: 'person',
    status: 'active',
    statusSince: null,
    statusCause: null,
    createdAt: null,
    firstSeenAt: timeOf(0),
    isNew: false,
    history: [],
    decisions: [],
    decisionCount: overrides.decisions?.length ?? 0,
    openReviews: 0,
    notes: [],
    ...overrides,
  }
}

export function buildDecision(overrides: Partial<DecisionRecord> = {}): DecisionRecord {
  const count = next()
  return {
    id: crypto.randomUUID(),
    reviewId: crypto.randomUUID(),
    reviewReference: `DKT-${40_000 + count}`,
    snapshotId: crypto.randomUUID(),
    outcome: 'violation',
    clause: { id: 'tve.glorification', version: 1 },
    furtherClauses: [],
    exemption: null,
    purposeWeighed: true,
    measures: [{ target: 'post', kind: 'remove' }],
    territory: [],
    rationale: `Rationale ${count}`,
    decidedById: 'person-1',
    decidedAt: timeOf(count),
    accountStatus: 'active',
    supersedesId: null,
    delivery: 'recorded',
    ...overrides,
  }
}

/** The desk of one review. The parts agree: the row, the snapshot and the account tell of one post. */
export function buildReviewDetail(overrides: Partial<ReviewDetail> = {}): ReviewDetail {
  const review = overrides.review ?? buildReviewRow()
  const { captionExcerpt: caption, language, handle, accountStatus } = review
  const snapshot = overrides.snapshot ?? buildSnapshot({ caption, language, handle, accountStatus })
  return {
    review: { ...review, media: mediaOf(review, snapshot) },
    lease: null,
    post: {
      id: crypto.randomUUID(),
      externalId: `wall-${next()}`,
      kind: 'post',
      url: 'https://social.example/wall',
      postedAt: review.openedAt,
    },
    snapshot,
    flags: [buildFlagGroup({ count: review.flagCount })],
    account: buildAccountStanding({ id: review.accountId, platform: review.platform, handle, status: accountStatus }),
    notes: [],
    decisions: [],
    ...overrides,
  }
}

function mediaOf(review: ReviewRow, { media }: Snapshot): ReviewRow['media'] {
  if (media.length === 0) return review.media
  const kinds = [...new Set(media.map(({ kind }) => kind))].sort()
  return { count: media.length, kinds, first: media[0]?.sha256 ?? null, firstState: media[0]?.state ?? null }
}

export function buildPolicyVersion(overrides: Partial<PolicyVersion> = {}): PolicyVersion {
  return {
    version: 1,
    shortName: 'Glorification',
    label: 'Glorification of terrorism',
    description: 'Praises a terrorist act, group or person.',
    signs: ['praise of an attack'],
    notThis: ['news reporting'],
    questions: [],
    usualMeasures: ['remove'],
    severity: 'high',
    examples: [],
    requiredFields: [],
    exemptions: null,
    strikeWeight: 1,
    appealDays: 180,
    alert: null,
    ground: { tco: '2(7)(a)', dsaCategory: 'STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY', dsaKeywords: [] },
    isRestricted: false,
    needsPurposeTest: true,
    isRetired: false,
    inForceSince: timeOf(0),
    publishedById: null,
    change: null,
    ...overrides,
  }
}

export function buildPolicy(overrides: Partial<Policy> = {}): Policy {
  return {
    id: 'tve.glorification',
    code: '2.3',
    shortName: 'Glorification',
    kind: 'clause',
    section: { code: '2', name: 'Terrorist content' },
    severity: 'high',
    isRestricted: false,
    needsPurposeTest: true,
    isRetired: false,
    current: buildPolicyVersion(),
    earlier: [],
    decisionCount: 0,
    ...overrides,
  }
}

export function buildExemption(overrides: Partial<Policy> = {}): Policy {
  return buildPolicy({
    id: 'news',
    code: 'E.1',
    shortName: 'News reporting',
    kind: 'exemption',
    section: { code: 'E', name: 'Exemptions' },
    severity: 'none',
    needsPurposeTest: false,
    current: buildPolicyVersion({
      label: 'News reporting',
      description: 'Informs the public of an event, without praise.',
      questions: ['Is the extract no longer than the report needs?'],
    }),
    ...overrides,
  })
}

export function buildQueue(overrides: Partial<Queue> = {}): Queue {
  return { id: 'extremism', name: 'Extremism', targetMs: 24 * 3_600_000, ...overrides }
}

export function buildPerson(overrides: Partial<Person> = {}): Person {
  const count = next()
  return { id: `person-${count}`, name: `Person ${count}`, role: 'reviewer', isActive: true, ...overrides }
}

export function buildLogEvent(overrides: Partial<LogEvent> = {}): LogEvent {
  const count = next()
  return {
    seq: count,
    id: String(count),
    at: timeOf(count),
    kind: 'review.claimed',
    personId: 'person-1',
    keyId: null,
    subject: { kind: 'review', id: crypto.randomUUID(), version: 2, reference: `DKT-${48_000 + count}` },
    data: {},
    ...overrides,
  }
}

/** One that arrived and was not answered yet. */
export function buildDelivery(overrides: Partial<DeliveryRow> = {}): DeliveryRow {
  const count = next()
  return {
    id: crypto.randomUUID(),
    receiverId: crypto.randomUUID(),
    receiverName: 'VK',
    about: 'decision',
    state: 'delivered',
    attempts: 1,
    nextAt: null,
    changedAt: timeOf(count),
    lastError: null,
    answer: null,
    answerText: null,
    answeredAt: null,
    decisionId: crypto.randomUUID(),
    reviewId: crypto.randomUUID(),
    reviewReference: `DKT-${40_000 + count}`,
    accountId: crypto.randomUUID(),
    handle: `account_${count}`,
    platform: 'vk',
    outcome: 'violation',
    apply: ['post.remove'],
    lift: [],
    madeAt: timeOf(count),
    canRetry: false,
    ...overrides,
  }
}

export function buildReceiver(overrides: Partial<Receiver> = {}): Receiver {
  const count = next()
  return {
    id: crypto.randomUUID(),
    name: `Platform ${count}`,
    url: 'https://platform.example/hooks',
    platforms: ['vk'],
    sources: [],
    isActive: true,
    madeAt: timeOf(count),
    secretMadeAt: timeOf(count),
    oldSecretEndsAt: null,
    waiting: 0,
    failed: 0,
    lastDeliveredAt: null,
    ...overrides,
  }
}

/** A decision with what was seen. */
export function buildDecisionDetail(overrides: Partial<DecisionDetail> = {}): DecisionDetail {
  const decision = overrides.decision ?? buildDecision()
  const snapshot = buildSnapshot({ id: decision.snapshotId })
  return {
    decision,
    supersededById: null,
    review: { id: decision.reviewId, reference: decision.reviewReference, state: 'decided', queueId: 'extremism' },
    post: { id: crypto.randomUUID(), externalId: `wall-${next()}`, kind: 'post', url: null, postedAt: null },
    snapshot,
    flags: [buildFlagGroup()],
    account: { id: crypto.randomUUID(), handle: snapshot.handle, displayName: null, platform: 'vk', status: 'active' },
    ...overrides,
  }
}

/** One that waits, nobody having taken it. */
export function buildAppeal(overrides: Partial<AppealDetail> = {}): AppealDetail {
  const count = next()
  const first = overrides.first ?? buildDecisionDetail()
  const { decision, account, review } = first
  const filedAt = timeOf(count)
  return {
    id: crypto.randomUUID(),
    reference: `APL-${count}`,
    state: 'waiting',
    appellant: 'account',
    textExcerpt: `Appeal ${count}`,
    language: 'ru',
    filedAt,
    dueAt: timeOf(count + 10_080),
    isLate: false,
    holderId: null,
    heldUntil: null,
    isOwn: false,
    outcome: null,
    decidedById: null,
    decidedAt: null,
    newDecisionId: null,
    wronglyDown: null,
    decision: {
      id: decision.id,
      outcome: decision.outcome,
      clause: decision.clause,
      postMeasure: 'remove',
      accountMeasure: null,
      decidedAt: decision.decidedAt,
    },
    review: { id: review.id, reference: review.reference, queueId: review.queueId },
    account: { id: account.id, handle: account.handle, platform: account.platform },
    captionExcerpt: first.snapshot.caption,
    text: `Appeal ${count}`,
    appellantName: null,
    sourceName: 'vk-appeals',
    externalId: `ticket-${count}`,
    filedById: 'person-1',
    receivedAt: filedAt,
    lateReason: null,
    rationale: null,
    withdrawnReason: null,
    undoUntil: null,
    decidedByIds: ['person-1'],
    first,
    message: null,
    next: null,
    ...overrides,
  }
}

export function buildTemplate(overrides: Partial<MessageTemplate> = {}): MessageTemplate {
  const count = next()
  return {
    id: crypto.randomUUID(),
    version: 1,
    name: `Template ${count}`,
    occasion: 'decision',
    policyId: null,
    measure: null,
    texts: { en: 'Hello {{account}}: {{measure}}. {{reason}}' },
    isWithdrawn: false,
    writtenById: 'person-1',
    writtenAt: timeOf(count),
    earlier: [],
    ...overrides,
  }
}
