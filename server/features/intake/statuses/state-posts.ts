import type { Db, Tx } from '#server/db/connect.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { putReviewWords } from '#server/features/review/list/search.queries.ts'
import type { Settings } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { MediaStore } from '#server/media/store.ts'
import { PostStatusInput, type PostStatusResult } from '#shared/contract/statuses.ts'
import { takeInParts } from '../in-parts.ts'
import { intakeEvents } from '../intake-events.ts'
import { faceColumns } from '../join-reviews.ts'
import { mayState } from '../may-flag-as.ts'
import { parseLine } from '../parse-flag.ts'
import { readyMedia } from '../ready-media.ts'
import { lockUndecidedReviews, updateReviews } from '../reviews.queries.ts'
import { findAccounts } from '../subjects/accounts.queries.ts'
import { insertFrozen } from '../subjects/freeze.ts'
import { findSnapshots, lockPosts, type PostRow } from '../subjects/posts.queries.ts'
import { groupByKey, keyText } from '../subjects/row-key.ts'
import { faceOf } from '../subjects/snapshot.ts'
import { followPost, type PostFate, type ReadyPostStatus } from './follow-post.ts'
import { findDepictions, findPostStatuses, insertPostStatuses, updatePostStates } from './post-statuses.queries.ts'
import { timeNotAhead } from './time-not-ahead.ts'

type Deps = { db: Db; mediaStore: MediaStore; settings: Pick<Settings, 'fetchMediaFrom'> }
type Context = { by: Caller | null; now: Date }
type Terms = Context & { fetches: boolean }
type Result = PostStatusResult | AppError

export type SentPostStatus = { input: PostStatusInput; raw: string }

/** @throws AppError `invalid_request`, saying what does not fit. */
export function parsePostStatus(text: string): SentPostStatus {
  return { input: parseLine(PostStatusInput, text), raw: text }
}

/**
 * Keeps what senders say became of posts that were flagged: captures the post as it is now, leaves what was captured
 * before, and lets the undecided review show it, whose version rises. One result or refusal each, in the order sent. Safe
 * to send again; what happened last is shown, in whatever order it is told.
 */
export async function statePosts(deps: Deps, said: SentPostStatus[], { by, now }: Context): Promise<Result[]> {
  const refusals = said.map(
    ({ input: { source, since } }) => mayState(by ?? 'operator', source) ?? timeNotAhead(since, now),
  )
  const allowed = said.filter((_each, index) => !refusals[index])
  const carriers = allowed.map(({ input, raw }) => ({
    media: input.content?.media ?? [],
    raw,
    key: 'content' as const,
  }))
  const media = await readyMedia(deps, carriers, { by, now })
  const ready = allowed.map(({ input }, index): ReadyPostStatus | AppError => {
    const files = media[index]!
    return files instanceof AppError ? files : { input, ...files }
  })
  const fit = ready.filter((each): each is ReadyPostStatus => !(each instanceof AppError))
  const fetches = deps.settings.fetchMediaFrom.length > 0
  const taken = (await takeInParts(deps.db, fit, (tx, part) => takeStatuses(tx, part, { by, now, fetches }))).values()
  const results = ready.map((each) => (each instanceof AppError ? each : taken.next().value!)).values()
  return refusals.map((refusal) => refusal ?? results.next().value!)
}

async function takeStatuses(tx: Tx, said: ReadyPostStatus[], { by, now, fetches }: Terms): Promise<Result[]> {
  const groups = groupByKey(said, postKey)
  const posts = await lockPosts(
    tx,
    [...groups.values()].map((group) => postKey(group[0]!)),
  )
  const fates = await findFates(tx, posts, groups, now)
  const frozen = fates.flatMap((fate) => fate.frozen)
  const added = fates.flatMap((fate) => fate.added)
  await insertFrozen(tx, frozen, fetches ? now : null)
  const reviews = await showOnReviews(tx, fates)
  if (added.length > 0) {
    await insertPostStatuses(
      tx,
      added.map((row) => ({ ...row, recorded_at: now })),
    )
    await updatePostStates(
      tx,
      fates.map(({ post }) => post),
    )
  }
  if (reviews.moved.length > 0) {
    await putReviewWords(
      tx,
      reviews.moved.map(({ id }) => id),
    )
  }
  const log = intakeEvents(by)
  log.snapshotsTaken(frozen)
  log.postsChanged(added)
  log.reviewsMoved(reviews.moved)
  if (log.events.length > 0) await appendEvents(tx, log.events)

  const answers = new Map(fates.flatMap((fate) => [...fate.answers]))
  return said.map((each) => {
    const answer = answers.get(each)
    if (!answer) return new AppError('not_found', 'No such post was flagged.')
    const review = answer.snapshotId ? reviews.showing.get(answer.snapshotId) : undefined
    return { ...answer, reviewId: review ?? null }
  })
}

async function findFates(tx: Tx, posts: PostRow[], groups: Map<string, ReadyPostStatus[]>, now: Date) {
  if (posts.length === 0) return []
  const ids = posts.map((post) => post.id)
  const accounts = new Map(
    (await findAccounts(tx, [...new Set(posts.map((post) => post.account_id))])).map((row) => [row.id, row]),
  )
  const past = Map.groupBy(await findPostStatuses(tx, ids), (row) => row.post_id)
  const current = await findDepictions(
    tx,
    posts.flatMap((post) => post.current_snapshot_id ?? []),
  )
  const fates: PostFate[] = []
  for (const post of posts) {
    const group = groups.get(keyText(post))!
    fates.push(
      await followPost(group, {
        post,
        account: accounts.get(post.account_id)!,
        past: past.get(post.id) ?? [],
        current: current.get(post.current_snapshot_id ?? '') ?? null,
        findCaptured: async (content_sha256) => {
          const rows = await findSnapshots(tx, [{ post_id: post.id, account_id: post.account_id, content_sha256 }])
          return rows.at(-1)?.id ?? null
        },
        now,
      }),
    )
  }
  return fates
}

/** Lets undecided reviews show the posts as they are now. */
async function showOnReviews(tx: Tx, fates: PostFate[]) {
  const byPost = new Map(fates.map((fate) => [fate.post.id, fate]))
  const none = { accountIds: [], changedAccountIds: [] }
  const undecided = fates.length > 0 ? await lockUndecidedReviews(tx, { postIds: [...byPost.keys()], ...none }) : []
  const moved = undecided.filter((review) => {
    const { post, shown } = byPost.get(review.post_id!)!
    if (!shown || post.current_snapshot_id === review.snapshot_id) return false
    const { snapshotId, depicted } = shown
    Object.assign(review, faceColumns({ snapshotId, face: faceOf(depicted) }))
    review.version += 1
    if (shown.isRestricted) review.is_restricted = true
    return true
  })
  if (moved.length > 0) await updateReviews(tx, moved)
  return { moved, showing: new Map(undecided.map((review) => [review.snapshot_id, review.id])) }
}

function postKey({ input: { post } }: ReadyPostStatus) {
  return { platform: post.platform, external_id: post.externalId }
}
