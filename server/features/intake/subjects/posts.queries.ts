import { sql } from 'kysely'
import type { Tx } from '#server/db/connect.ts'
import { type Columns, columnsAndRows, rowsOf } from '#server/db/rows.ts'
import type { MediaKind, PostKind } from '#shared/domain/words.ts'
import type { FrozenSnapshot, NamedMedia } from './snapshot.ts'

export type PostKey = { platform: string; external_id: string }

export type PostRow = PostKey & {
  id: string
  account_id: string
  kind: PostKind
  url: string | null
  posted_at: Date | null
  current_snapshot_id: string | null
}

const key: Columns<PostKey> = { platform: 'text', external_id: 'text' }

const filled: Columns<PostRow> = {
  id: 'uuid',
  url: 'text',
  posted_at: 'timestamptz',
  current_snapshot_id: 'uuid',
}

/** Adds those that are not there yet, in the order of their keys. */
export async function insertPosts(tx: Tx, posts: PostRow[]) {
  await sql`
    insert into post ${columnsAndRows(posts, { ...key, ...filled, account_id: 'uuid', kind: 'text' })}
    order by platform, external_id
    on conflict (platform, external_id) do nothing`.execute(tx)
}

/** Locks posts in the order of their keys: whoever holds one alone opens, joins or moves its review. */
export async function lockPosts(tx: Tx, keys: PostKey[]): Promise<PostRow[]> {
  const { rows } = await sql<PostRow>`
    select post.id, post.platform, post.external_id, account_id, kind, url, posted_at, current_snapshot_id
    from post
    join ${rowsOf(keys, key)} as k on post.platform = k.platform and post.external_id = k.external_id
    order by post.platform, post.external_id
    for no key update of post`.execute(tx)
  return rows
}

export async function updatePosts(tx: Tx, posts: PostRow[]) {
  await sql`
    update post set url = p.url, posted_at = p.posted_at, current_snapshot_id = p.current_snapshot_id
    from ${rowsOf(posts, filled)} as p
    where post.id = p.id`.execute(tx)
}

/** Of a post, or of an account when `post_id` is null. */
export type SnapshotKey = { post_id: string | null; account_id: string; content_sha256: string }

/** The snapshots that show just these contents, the first of each last. */
export async function findSnapshots(tx: Tx, keys: SnapshotKey[]) {
  const ofPosts = keys.filter((key) => key.post_id !== null)
  const ofAccounts = keys.filter((key) => key.post_id === null)
  const { rows } = await sql<SnapshotKey & { id: string }>`
    select s.id, s.post_id, s.account_id, s.content_sha256
    from ${rowsOf(ofPosts, { post_id: 'uuid', content_sha256: 'text' })} as k
    join snapshot s on s.post_id = k.post_id and s.content_sha256 = k.content_sha256
    union all
    select s.id, s.post_id, s.account_id, s.content_sha256
    from ${rowsOf(ofAccounts, { account_id: 'uuid', content_sha256: 'text' })} as k
    join snapshot s on s.account_id = k.account_id and s.post_id is null and s.content_sha256 = k.content_sha256
    order by id desc`.execute(tx)
  return rows
}

/** What a review shows of a snapshot that the flag itself does not describe. */
export async function findSnapshotFaces(tx: Tx, ids: string[]) {
  const { rows } = await sql<{
    id: string
    content_sha256: string
    caption: string
    language: string | null
    claimed_place: string | null
    media_count: number
    media_kinds: MediaKind[]
    first_media: string | null
    is_restricted: boolean
  }>`
    select s.id, s.content_sha256, s.caption, s.language, s.claimed_place,
      (select count(*)::int from post_media m where m.snapshot_id = s.id) as media_count,
      array(select distinct m.kind from post_media m where m.snapshot_id = s.id order by m.kind) as media_kinds,
      (select coalesce(m.sha256, m.fetched_sha256) from post_media m
        where m.snapshot_id = s.id and m.kind = 'image' and coalesce(m.sha256, m.fetched_sha256) is not null
        order by m.position limit 1) as first_media,
      exists (select from post_media m join media on media.sha256 = coalesce(m.sha256, m.fetched_sha256)
        where m.snapshot_id = s.id and media.is_restricted) as is_restricted
    from snapshot s where s.id = any(${ids}::uuid[])`.execute(tx)
  return rows
}

export type NewSnapshot = FrozenSnapshot & { id: string; sha256: string; contentSha256: string }

export async function insertSnapshots(tx: Tx, snapshots: NewSnapshot[]) {
  const rows = snapshots.map((s) => ({
    id: s.id,
    post_id: s.postId,
    account_id: s.accountId,
    sha256: s.sha256,
    content_sha256: s.contentSha256,
    caption: s.caption,
    language: s.language,
    claimed_place: s.claimedPlace,
    reach: s.reach,
    url: s.url,
    context: s.context,
    account_state: s.accountState,
    source_kind: s.source.kind,
    source_name: s.source.name,
    captured_at: s.capturedAt,
    raw: s.raw,
    post_status: s.postStatus ?? null,
  }))
  await sql`insert into snapshot ${columnsAndRows(rows, snapshotColumns)}`.execute(tx)
}

const snapshotColumns = {
  id: 'uuid',
  post_id: 'uuid',
  account_id: 'uuid',
  sha256: 'text',
  content_sha256: 'text',
  caption: 'text',
  language: 'text',
  claimed_place: 'text',
  reach: 'bigint',
  url: 'text',
  context: 'jsonb',
  account_state: 'jsonb',
  source_kind: 'text',
  source_name: 'text',
  captured_at: 'timestamptz',
  raw: 'text',
  post_status: 'text',
} as const

type NewPostMedia = NamedMedia & { snapshot_id: string; position: number; fetch_after: Date | null }

export async function insertPostMedia(tx: Tx, media: NewPostMedia[]) {
  await sql`
    insert into post_media ${columnsAndRows(media, {
      snapshot_id: 'uuid',
      position: 'int',
      kind: 'text',
      sha256: 'text',
      url: 'text',
      name: 'text',
      caption: 'text',
      fetch_after: 'timestamptz',
    })}`.execute(tx)
}
