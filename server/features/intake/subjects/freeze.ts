import type { Tx } from '#server/db/connect.ts'
import type { PostStatus, SourceKind } from '#shared/domain/words.ts'
import type { AccountRow } from './accounts.queries.ts'
import { insertPostMedia, insertSnapshots, type NewSnapshot } from './posts.queries.ts'
import { type Depicted, type NamedMedia, snapshotSha256 } from './snapshot.ts'

type Taken = {
  id: string
  /** Null for a snapshot of the account itself. */
  postId: string | null
  account: Pick<AccountRow, 'id' | 'status' | 'handle' | 'display_name'>
  depicted: Depicted
  contentSha256: string
  source: { kind: SourceKind; name: string }
  raw: string
  now: Date
  postStatus?: PostStatus
}

/** A subject as it is now, with the hash that proves it. */
export function freeze({
  id,
  postId,
  account,
  depicted,
  contentSha256,
  source,
  raw,
  now,
  postStatus,
}: Taken): NewSnapshot {
  const snapshot = {
    postId,
    accountId: account.id,
    ...depicted,
    accountState: { status: account.status, handle: account.handle, displayName: account.display_name },
    source: { kind: source.kind, name: source.name },
    capturedAt: now,
    raw,
    ...(postStatus && { postStatus }),
  }
  return { id, ...snapshot, sha256: snapshotSha256(snapshot), contentSha256 }
}

/** @param fetchAfter when to fetch files that are known by their address only; null for never */
export async function insertFrozen(tx: Tx, frozen: NewSnapshot[], fetchAfter: Date | null) {
  if (frozen.length > 0) await insertSnapshots(tx, frozen)
  const media = frozen.flatMap(({ id, media: items }) =>
    items.map((item, position) => ({
      ...item,
      snapshot_id: id,
      position,
      fetch_after: isFetchable(item) ? fetchAfter : null,
    })),
  )
  if (media.length > 0) await insertPostMedia(tx, media)
}

/** What a link leads to is a page, and not a file. */
function isFetchable({ kind, sha256, url }: NamedMedia): boolean {
  return sha256 === null && url !== null && kind !== 'link'
}
