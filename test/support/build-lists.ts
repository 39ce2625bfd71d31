import type { AccountDetail, AccountPost, AccountRow } from '#shared/contract/accounts.ts'
import type { DecisionRow } from '#shared/contract/decision-list.ts'
import type { ListedFlag, ReporterDetail, ReporterRow, SetAside } from '#shared/contract/reporters.ts'
import { buildDecision } from './build.ts'

/* Rows of lists as the API shows them, for component tests: every field that a test does not name is plain and valid. */

let n = 0

function next() {
  n += 1
  return n
}

const timeOf = (count: number) => new Date(Date.UTC(2026, 0, 1, 0, count)).toISOString()

export const exactly = (value: number) => ({ value, exact: true })

export function buildDecisionRow(overrides: Partial<DecisionRow> = {}): DecisionRow {
  const count = next()
  return {
    decision: buildDecision(),
    supersededById: null,
    queueId: 'extremism',
    subject: 'post',
    captionExcerpt: `Caption ${count}`,
    language: 'ru',
    media: { count: 0, first: null, firstState: null },
    account: { id: crypto.randomUUID(), handle: `account_${count}`, platform: 'vk' },
    ...overrides,
  }
}

export function buildAccountRow(overrides: Partial<AccountRow> = {}): AccountRow {
  const count = next()
  return {
    id: crypto.randomUUID(),
    platform: 'vk',
    externalId: `id${count}`,
    kind: 'person',
    handle: `account_${count}`,
    displayName: null,
    status: 'active',
    statusSince: null,
    createdAt: null,
    firstSeenAt: timeOf(count),
    isNew: false,
    counts: { flags: exactly(1), posts: exactly(1), decisions: exactly(0), openReviews: exactly(1) },
    ...overrides,
  }
}

export function buildAccountDetail(overrides: Partial<AccountDetail> = {}): AccountDetail {
  return {
    ...buildAccountRow(),
    url: null,
    statusCause: null,
    history: [],
    notes: [],
    measures: [],
    removed: exactly(0),
    nextReviewId: null,
    ...overrides,
  }
}

export function buildAccountPost(overrides: Partial<AccountPost> = {}): AccountPost {
  const count = next()
  return {
    id: crypto.randomUUID(),
    kind: 'post',
    externalId: `wall-${count}`,
    postedAt: timeOf(count),
    captionExcerpt: `Caption ${count}`,
    language: 'ru',
    media: { count: 0, first: null, firstState: null },
    review: { id: crypto.randomUUID(), reference: `DKT-${50_000 + count}`, state: 'open' },
    policy: null,
    decision: null,
    ...overrides,
  }
}

export function buildListedFlag(overrides: Partial<ListedFlag> = {}): ListedFlag {
  const count = next()
  return {
    id: crypto.randomUUID(),
    source: { kind: 'user_report', name: 'vk-intake', externalId: `r-${count}` },
    reasonCode: 'extremism',
    policy: 'tve.glorification',
    text: null,
    score: null,
    effect: 'opened',
    flaggedAt: timeOf(count),
    receivedAt: timeOf(count),
    setAsideAt: null,
    reporter: null,
    account: { id: crypto.randomUUID(), handle: `account_${count}`, platform: 'vk' },
    review: { id: crypto.randomUUID(), reference: `DKT-${60_000 + count}` },
    captionExcerpt: `Caption ${count}`,
    ...overrides,
  }
}

export function buildReporterRow(overrides: Partial<ReporterRow> = {}): ReporterRow {
  const count = next()
  return {
    id: crypto.randomUUID(),
    sourceName: 'vk-intake',
    externalId: `u-${count}`,
    name: `Reporter ${count}`,
    trustedWeight: null,
    muted: null,
    flags: exactly(3),
    recent: 3,
    latestAt: timeOf(count),
    outcomes: { upheld: 0, dismissed: 0, exempt: 0, share: null, isFew: true, isCut: false },
    ...overrides,
  }
}

export function buildReporterDetail(overrides: Partial<ReporterDetail> = {}): ReporterDetail {
  const none = exactly(0)
  return {
    ...buildReporterRow(),
    effects: { opened: exactly(3), joined: none, recorded: none, muted: none },
    setAside: none,
    ...overrides,
  }
}

export function buildSetAside(overrides: Partial<SetAside> = {}): SetAside {
  return {
    upTo: timeOf(0),
    flags: 0,
    reviews: 0,
    closed: 0,
    flaggedByOthers: 0,
    inHand: 0,
    critical: 0,
    ...overrides,
  }
}
