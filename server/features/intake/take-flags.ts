import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { tellWoken } from '#server/features/inbox/woken.queries.ts'
import { putReviewWords } from '#server/features/review/list/search.queries.ts'
import { insertTranslations } from '#server/features/translation/translation.queries.ts'
import type { Caller } from '#server/http/route.ts'
import type { FlagResult } from '#shared/contract/flags.ts'
import { isFromReporter, isMuted } from '#shared/domain/reporters.ts'
import {
  type FlagRecord,
  findFlagsByKey,
  getSorting,
  insertFlags,
  type KnownReporter,
  putReporters,
  type Sorting,
} from './flags.queries.ts'
import { TakenMeanwhile } from './in-parts.ts'
import { intakeEvents } from './intake-events.ts'
import { muted, reviewDesk, type SortedFlag } from './join-reviews.ts'
import { flagKey, type ReadyFlag } from './ready-flags.ts'
import {
  countOnDecided,
  findDecidedReviews,
  insertReviews,
  lockUndecidedReviews,
  updateReviews,
} from './reviews.queries.ts'
import { sentTranslations } from './sent-translations.ts'
import { clauseOf, placeOf } from './sort-flag.ts'
import { groupByKey, keyText } from './subjects/row-key.ts'
import { type LockedAccounts, lockAccountsOf, type TakenAccounts, takeAccounts } from './subjects/take-accounts.ts'
import { type TakenPosts, takePosts } from './subjects/take-posts.ts'
import { type Captured, takeSnapshots } from './subjects/take-snapshots.ts'

type Terms = {
  by: Caller | null
  now: Date
  /** Files that are known by their address only are to be fetched. */
  fetches: boolean
}

/**
 * Takes at most a few hundred flags in, in the caller's transaction, in the order given. Locks accounts, then posts,
 * then reviews, each kind sorted, so that senders at work on the same posts wait for each other and never in a circle.
 *
 * @throws TakenMeanwhile when the transaction must be given up and tried again.
 */
export async function takeFlags(tx: Tx, flags: ReadyFlag[], { by, now, fetches }: Terms): Promise<FlagResult[]> {
  const firsts = [...groupByKey(flags, flagKey).values()].map((group) => group[0]!)
  const known = await findKnown(tx, firsts)
  const unknown = firsts.filter((flag) => !known.has(keyText(flagKey(flag))))
  const added = new Map<string, Kept>()
  if (unknown.length > 0) {
    const accounts = await lockAccountsOf(tx, inputsOf(unknown), now)
    // Whoever sent one of these flags at the same time has ended by now: it spoke of the same accounts.
    const meanwhile = await findKnown(tx, unknown)
    for (const [key, kept] of meanwhile) known.set(key, kept)
    const fresh = unknown.filter((flag) => !meanwhile.has(keyText(flagKey(flag))))
    for (const record of await takeFresh(tx, fresh, { accounts, by, now, fetches }))
      added.set(keyText(record), toKept(record))
  }
  const answered = new Set<string>()
  return flags.map((flag) => {
    const key = keyText(flagKey(flag))
    const isDuplicate = known.has(key) || answered.has(key)
    answered.add(key)
    return { ...(added.get(key) ?? known.get(key)!), isDuplicate }
  })
}

type Kept = Omit<FlagResult, 'isDuplicate'>

const toKept = ({ id, review_id, effect }: Pick<FlagRecord, 'id' | 'review_id' | 'effect'>): Kept => ({
  flagId: id,
  reviewId: review_id,
  effect,
})

async function findKnown(tx: Tx, flags: ReadyFlag[]): Promise<Map<string, Kept>> {
  const rows = await findFlagsByKey(tx, flags.map(flagKey))
  return new Map(rows.map((row) => [keyText(row), toKept(row)]))
}

const inputsOf = (flags: ReadyFlag[]) => flags.map(({ input }) => input)

async function takeFresh(
  tx: Tx,
  flags: ReadyFlag[],
  { accounts: locked, by, now, fetches }: Terms & { accounts: LockedAccounts },
): Promise<FlagRecord[]> {
  if (flags.length === 0) return []
  const inputs = inputsOf(flags)
  const sorting = await getSorting(tx, {
    codes: [...new Set(inputs.map(({ reason }) => reason.code))],
    sourceNames: [...new Set(inputs.map(({ source }) => source.name))],
  })
  const accounts = await takeAccounts(tx, inputs, locked, now)
  const posts = await takePosts(tx, inputs, accounts)
  const reporters = await takeReporters(tx, flags)
  const desk = await openDesk(tx, flags, { accounts, posts, sorting, now })
  const { captured, frozen } = await takeSnapshots(tx, flags, { accounts, posts, now, fetches })
  await insertTranslations(tx, sentTranslations(inputs, now))
  const log = intakeEvents(by)
  log.accountsChanged(accounts.statusChanges)
  log.snapshotsTaken(frozen)

  const records = flags.map((flag, index): FlagRecord => {
    const reporter = reporters.get(flag)
    const sorted = sortFlag(flag, captured[index]!, { accounts, posts, sorting, now, reporter })
    const joining = reporter && isHushed(flag, reporter, now) ? muted : desk.take(sorted)
    const record = {
      id: newId(),
      ...flagKey(flag),
      reporter_id: reporter?.id ?? null,
      reason_code: flag.input.reason.code,
      policy_id: sorted.policyId,
      reason_text: flag.input.reason.text ?? null,
      score: flag.input.reason.score ?? null,
      flagged_at: new Date(flag.input.flaggedAt),
      received_at: now,
      account_id: accounts.of(flag.input).id,
      post_id: sorted.postId,
      snapshot_id: sorted.snapshotId,
      review_id: joining.reviewId,
      effect: joining.effect,
      raw: flag.raw,
    }
    log.flagReceived(record, joining)
    return record
  })

  const { opened, changed, recorded } = desk.written()
  if (opened.length > 0) await insertReviews(tx, opened)
  if (changed.length > 0) await updateReviews(tx, changed)
  if (recorded.length > 0) await countOnDecided(tx, recorded)
  if ((await insertFlags(tx, records)) < records.length) throw new TakenMeanwhile('A flag was taken in meanwhile.')
  await putReviewWords(
    tx,
    [...opened, ...changed].map(({ id }) => id),
  )
  await appendEvents(tx, log.events, now)
  const woken = log.events.filter(({ kind }) => kind === 'review.woken').map(({ subject }) => subject.id)
  await tellWoken(tx, woken, now)
  return records
}

type Context = { accounts: TakenAccounts; posts: TakenPosts; sorting: Sorting; now: Date }

async function openDesk(tx: Tx, flags: ReadyFlag[], { accounts, posts, sorting, now }: Context) {
  const known = flags.map(({ input }) => ({ post: posts.of(input), account: accounts.of(input) }))
  const subjects = {
    postIds: known.flatMap(({ post }) => (post && !posts.isNew(post) ? [post.id] : [])),
    accountIds: known.flatMap(({ post, account }) => (post || accounts.isNew(account) ? [] : [account.id])),
  }
  const changedAccountIds = accounts.changed.map((account) => account.id)
  const isAllNew = subjects.postIds.length + subjects.accountIds.length + changedAccountIds.length === 0
  const undecided = isAllNew ? [] : await lockUndecidedReviews(tx, { ...subjects, changedAccountIds })
  const decided = isAllNew ? [] : await findDecidedReviews(tx, subjects)
  const desk = reviewDesk(sorting, { undecided, decided }, { now })
  accounts.changed.forEach(desk.follow)
  return desk
}

/** A removal order is obeyed whoever sent it. */
function isHushed({ input }: ReadyFlag, reporter: KnownReporter, now: Date): boolean {
  return isFromReporter(input.source.kind) && isMuted(reporter, now)
}

type SortContext = Context & { reporter: KnownReporter | undefined }

function sortFlag({ input }: ReadyFlag, captured: Captured, context: SortContext): SortedFlag {
  const { accounts, posts, sorting, now, reporter } = context
  const account = posts.accountOf(input)
  const said = {
    sourceKind: input.source.kind,
    policyId: clauseOf(sorting, input.source, input.reason),
    platform: input.post?.platform ?? accounts.of(input).platform,
    reach: input.post?.reach ?? null,
    score: input.reason.score ?? null,
  }
  const { language } = captured.face
  const times = { flaggedAt: new Date(input.flaggedAt), receivedAt: now }
  return {
    ...said,
    place: placeOf(sorting, { ...said, ...times, language, accountStatus: account.status }),
    account,
    postId: posts.of(input)?.id ?? null,
    postedAt: posts.of(input)?.posted_at ?? null,
    isNews: input.post?.kind === 'news' || account.kind === 'media',
    reporterWeight: reporter?.trusted_weight ?? 0,
    ...captured,
  }
}

async function takeReporters(tx: Tx, flags: ReadyFlag[]): Promise<Map<ReadyFlag, KnownReporter>> {
  const reported = flags.flatMap((flag) => {
    const { reporter, source } = flag.input
    if (!reporter) return []
    return [{ flag, source_name: source.name, external_id: reporter.externalId, name: reporter.name ?? null }]
  })
  if (reported.length === 0) return new Map()
  const distinct = [...groupByKey(reported, (row) => row).values()].map((group) => {
    const { flag: _flag, ...row } = group.findLast(({ name }) => name !== null) ?? group[0]!
    return { ...row, id: newId() }
  })
  const known = new Map((await putReporters(tx, distinct)).map((reporter) => [keyText(reporter), reporter]))
  return new Map(reported.map(({ flag, ...key }) => [flag, known.get(keyText(key))!]))
}
