import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import type { FlagInput } from '#shared/contract/flags.ts'
import type { ReadyFlag } from '../ready-flags.ts'
import type { AccountRow } from './accounts.queries.ts'
import { freeze, insertFrozen } from './freeze.ts'
import { findSnapshotFaces, findSnapshots, type NewSnapshot, type PostRow } from './posts.queries.ts'
import { contentSha256, type Depicted, depict, type Face, faceOf, postContentSha256, toFace } from './snapshot.ts'
import type { TakenAccounts } from './take-accounts.ts'
import type { TakenPosts } from './take-posts.ts'

export type Captured = {
  snapshotId: string
  contentSha256: string
  isNewContent: boolean
  face: Face
  /** A file of it is marked so. */
  isRestricted: boolean
}

/**
 * Finds or freezes what each flag shows, in the order of the flags. Content that was captured of the same subject before
 * is not captured again, and a flag that describes nothing means the post as it was captured last.
 */
export async function takeSnapshots(
  tx: Tx,
  flags: ReadyFlag[],
  { accounts, posts, now, fetches }: { accounts: TakenAccounts; posts: TakenPosts; now: Date; fetches: boolean },
) {
  const shown = flags.map((flag) => {
    const post = posts.of(flag.input)
    const account = posts.accountOf(flag.input)
    const depicted = depict(flag.input.post ?? { caption: '', context: [], url: account.url ?? undefined }, flag.media)
    const contentSha = describesNothing(flag.input) ? null : contentShaOf(flag, account, depicted)
    return { flag, post, account, depicted, contentSha }
  })
  const known = await findKnown(tx, shown, { accounts, posts })
  const seen = await findMissing(tx, shown, posts)
  const current = new Map<string, string>()
  const frozen: NewSnapshot[] = []

  const captured = shown.map(({ flag, post, account, depicted, contentSha }): Captured => {
    const subject = post?.id ?? account.id
    const isFirst = post !== null && posts.isNew(post) && !current.has(subject)
    const last = isFirst ? null : (current.get(subject) ?? post?.current_snapshot_id)
    const sha = contentSha ?? contentShaOf(flag, account, depicted)
    const content: Content = { contentSha256: sha, face: faceOf(depicted), isRestricted: flag.isRestricted }
    if (contentSha === null && last) {
      return { snapshotId: last, isNewContent: false, ...(seen.get(last) ?? content) }
    }
    const earlier = known.get(`${subject} ${sha}`)
    if (earlier) return { snapshotId: earlier, isNewContent: false, ...content }
    const snapshot = freeze({
      id: isFirst ? post.current_snapshot_id! : newId(),
      postId: post?.id ?? null,
      account,
      depicted,
      contentSha256: sha,
      source: flag.input.source,
      raw: flag.raw,
      now,
    })
    frozen.push(snapshot)
    known.set(`${subject} ${sha}`, snapshot.id)
    seen.set(snapshot.id, content)
    current.set(subject, snapshot.id)
    return { snapshotId: snapshot.id, isNewContent: true, ...content }
  })

  await insertFrozen(tx, frozen, fetches ? now : null)
  await posts.save(current)
  return { captured, frozen }
}

type Shown = {
  flag: ReadyFlag
  post: PostRow | null
  account: AccountRow
  depicted: Depicted
  contentSha: string | null
}

function describesNothing({ post }: FlagInput): boolean {
  return post !== undefined && post.caption === '' && post.media.length === 0 && post.context.length === 0
}

function contentShaOf({ input }: ReadyFlag, account: AccountRow, depicted: Depicted): string {
  if (input.post) return postContentSha256(depicted)
  const { handle, display_name: displayName, url, kind } = account
  return contentSha256({ handle, displayName, url, kind })
}

async function findKnown(tx: Tx, shown: Shown[], { accounts, posts }: { accounts: TakenAccounts; posts: TakenPosts }) {
  const old = shown.filter(({ post, account }) => (post ? !posts.isNew(post) : !accounts.isNew(account)))
  const keys = old.flatMap(({ post, account, contentSha }) =>
    contentSha === null ? [] : [{ post_id: post?.id ?? null, account_id: account.id, content_sha256: contentSha }],
  )
  const rows = keys.length > 0 ? await findSnapshots(tx, keys) : []
  return new Map(rows.map((row) => [`${row.post_id ?? row.account_id} ${row.content_sha256}`, row.id]))
}

type Content = Pick<Captured, 'contentSha256' | 'face' | 'isRestricted'>

/** What the current snapshots show of posts that flags name without describing them. */
async function findMissing(tx: Tx, shown: Shown[], posts: TakenPosts): Promise<Map<string, Content>> {
  const ids = shown.flatMap(({ post, contentSha }) =>
    contentSha === null && post?.current_snapshot_id && !posts.isNew(post) ? [post.current_snapshot_id] : [],
  )
  const rows = ids.length > 0 ? await findSnapshotFaces(tx, ids) : []
  return new Map(
    rows.map((row) => [
      row.id,
      { contentSha256: row.content_sha256, face: toFace(row), isRestricted: row.is_restricted },
    ]),
  )
}
