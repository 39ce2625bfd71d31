import { newId } from '#server/db/id.ts'
import type { PostStatusInput } from '#shared/contract/statuses.ts'
import type { PostStatus } from '#shared/domain/words.ts'
import type { ReadyMedia } from '../ready-media.ts'
import type { AccountRow } from '../subjects/accounts.queries.ts'
import { freeze } from '../subjects/freeze.ts'
import type { NewSnapshot, PostRow } from '../subjects/posts.queries.ts'
import { type Depicted, depict, postContentSha256 } from '../subjects/snapshot.ts'
import type { Depiction, PostStatusRow } from './post-statuses.queries.ts'

/** What is said of a post, its media stored. */
export type ReadyPostStatus = ReadyMedia & { input: PostStatusInput }

type Known = {
  post: PostRow
  account: AccountRow
  /** What was said of it before. */
  past: PostStatusRow[]
  /** What its current snapshot shows. */
  current: Depiction | null
  /** The first snapshot of it that shows just this content. */
  findCaptured: (contentSha256: string) => Promise<string | null>
  now: Date
}

type Answer = { postId: string; isDuplicate: boolean; snapshotId: string | null }

export type PostFate = {
  /** As it is after all that was said. */
  post: Pick<PostRow, 'id' | 'current_snapshot_id'> & { edited_at: Date | null; deleted_at: Date | null }
  added: PostStatusRow[]
  frozen: NewSnapshot[]
  /** What the last change shows; null when nothing said changes what is shown. */
  shown: { snapshotId: string; depicted: Depicted; isRestricted: boolean } | null
  answers: Map<ReadyPostStatus, Answer>
}

/**
 * Follows a post through what is said of it. Every change is captured, also one that comes late: an edit with what the
 * post shows then, unless that was captured before, a deletion or a restoration with what is known of the post. Shown is
 * the last content with the last that became of it, in whatever order they are told.
 */
export async function followPost(said: ReadyPostStatus[], known: Known): Promise<PostFate> {
  const { post, account, past, now } = known
  const all = [...past]
  const fate: PostFate = {
    post: { id: post.id, current_snapshot_id: post.current_snapshot_id, ...statesIn(past) },
    added: [],
    frozen: [],
    shown: null,
    answers: new Map(),
  }
  let current = known.current
  for (const each of said.toSorted(inTime)) {
    const { status, source, cause } = each.input
    const since = new Date(Math.min(Date.parse(each.input.since), now.getTime()))
    const before = all.find((row) => isSame(row, { status, since, source: source.name }))
    if (before) {
      fate.answers.set(each, { postId: post.id, isDuplicate: true, snapshotId: before.snapshot_id })
      continue
    }
    const snapshotId = status === 'edited' ? await takeEdit(each, since) : takeFate(each, since)
    const row = { id: newId(), post_id: post.id, status, since, cause: cause ?? null, source: source.name }
    all.push({ ...row, snapshot_id: snapshotId })
    fate.added.push({ ...row, snapshot_id: snapshotId })
    fate.answers.set(each, { postId: post.id, isDuplicate: false, snapshotId })
  }
  Object.assign(fate.post, statesIn(all))
  return fate

  async function takeEdit(each: ReadyPostStatus, since: Date): Promise<string | null> {
    const { content } = each.input
    if (!content) return null
    const depicted = depict(content, each.media)
    const next = { depicted, contentSha256: postContentSha256(depicted), isRestricted: each.isRestricted }
    const snapshotId = (await findCaptured(next.contentSha256)) ?? capture(each, next, 'edited')
    if (all.some((row) => isContent(row) && row.since > since)) return snapshotId
    const later = lastOf(all.filter((row) => row.status !== 'edited' && row.since >= since))
    show(later ? capture(each, next, later.status) : snapshotId, next)
    return snapshotId
  }

  function takeFate(each: ReadyPostStatus, since: Date): string | null {
    if (!current) return null
    const snapshotId = capture(each, current, each.input.status)
    if (!all.some((row) => (row.status !== 'edited' || isContent(row)) && row.since > since)) show(snapshotId, current)
    return snapshotId
  }

  function show(snapshotId: string, depiction: Depiction) {
    current = depiction
    fate.post.current_snapshot_id = snapshotId
    fate.shown = { snapshotId, depicted: depiction.depicted, isRestricted: depiction.isRestricted }
  }

  async function findCaptured(contentSha256: string): Promise<string | null> {
    const before = await known.findCaptured(contentSha256)
    const isSame = (snapshot: NewSnapshot) =>
      snapshot.contentSha256 === contentSha256 && snapshot.postStatus === 'edited'
    return before ?? fate.frozen.find(isSame)?.id ?? null
  }

  function capture({ input: { source }, raw }: ReadyPostStatus, depiction: Depiction, postStatus: PostStatus): string {
    const { depicted, contentSha256 } = depiction
    const id = newId()
    fate.frozen.push(freeze({ id, postId: post.id, account, depicted, contentSha256, source, raw, now, postStatus }))
    return id
  }
}

/** An edit that said what the post shows. */
function isContent({ status, snapshot_id }: PostStatusRow): boolean {
  return status === 'edited' && snapshot_id !== null
}

/** When it was edited last, and since when it is gone. */
function statesIn(rows: PostStatusRow[]): { edited_at: Date | null; deleted_at: Date | null } {
  const ordered = inOrder(rows)
  let deleted_at: Date | null = null
  for (const { status, since } of ordered) {
    if (status === 'deleted') deleted_at ??= since
    if (status === 'restored') deleted_at = null
  }
  return { edited_at: ordered.findLast(({ status }) => status === 'edited')?.since ?? null, deleted_at }
}

function inOrder(rows: PostStatusRow[]): PostStatusRow[] {
  return rows.toSorted((a, b) => a.since.getTime() - b.since.getTime() || rank[a.status] - rank[b.status])
}

const lastOf = (rows: PostStatusRow[]) => inOrder(rows).at(-1)

const rank: Record<PostStatus, number> = { edited: 0, restored: 1, deleted: 2 }

/** Of two changes at one time a deletion is the last. */
function inTime({ input: a }: ReadyPostStatus, { input: b }: ReadyPostStatus): number {
  return Date.parse(a.since) - Date.parse(b.since) || rank[a.status] - rank[b.status]
}

function isSame(row: PostStatusRow, said: Pick<PostStatusRow, 'status' | 'since' | 'source'>): boolean {
  return row.status === said.status && row.since.getTime() === said.since.getTime() && row.source === said.source
}
