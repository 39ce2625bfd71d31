import { sql } from 'kysely'
import type { Tx } from '#server/db/connect.ts'
import { columnsAndRows, rowsOf } from '#server/db/rows.ts'
import type { PostStatus } from '#shared/domain/words.ts'
import type { Depicted } from '../subjects/snapshot.ts'

/** What a sender said became of a post. */
export type PostStatusRow = {
  id: string
  post_id: string
  status: PostStatus
  since: Date
  cause: string | null
  source: string
  snapshot_id: string | null
}

export async function findPostStatuses(tx: Tx, postIds: string[]): Promise<PostStatusRow[]> {
  const { rows } = await sql<PostStatusRow>`
    select id, post_id, status, since, cause, source, snapshot_id
    from post_status where post_id = any(${postIds}::uuid[])`.execute(tx)
  return rows
}

export async function insertPostStatuses(tx: Tx, rows: (PostStatusRow & { recorded_at: Date })[]) {
  await sql`
    insert into post_status ${columnsAndRows(rows, {
      id: 'uuid',
      post_id: 'uuid',
      status: 'text',
      since: 'timestamptz',
      cause: 'text',
      source: 'text',
      snapshot_id: 'uuid',
      recorded_at: 'timestamptz',
    })}`.execute(tx)
}

type PostState = { id: string; current_snapshot_id: string | null; edited_at: Date | null; deleted_at: Date | null }

export async function updatePostStates(tx: Tx, posts: PostState[]) {
  await sql`
    update post set current_snapshot_id = p.current_snapshot_id, edited_at = p.edited_at, deleted_at = p.deleted_at
    from ${rowsOf(posts, {
      id: 'uuid',
      current_snapshot_id: 'uuid',
      edited_at: 'timestamptz',
      deleted_at: 'timestamptz',
    })} as p
    where post.id = p.id`.execute(tx)
}

export type Depiction = { depicted: Depicted; contentSha256: string; isRestricted: boolean }

/** What snapshots show, whole. */
export async function findDepictions(tx: Tx, snapshotIds: string[]): Promise<Map<string, Depiction>> {
  const { rows } = await sql<Depicted & { id: string; contentSha256: string; isRestricted: boolean }>`
    select s.id, s.content_sha256 as "contentSha256", s.caption, s.language, s.claimed_place as "claimedPlace", s.reach,
      s.url, s.context,
      coalesce((select json_agg(json_build_object('kind', m.kind, 'sha256', m.sha256, 'url', m.url, 'name', m.name,
        'caption', m.caption) order by m.position) from post_media m where m.snapshot_id = s.id), '[]') as media,
      exists (select from post_media m join media on media.sha256 = coalesce(m.sha256, m.fetched_sha256)
        where m.snapshot_id = s.id and media.is_restricted) as "isRestricted"
    from snapshot s where s.id = any(${snapshotIds}::uuid[])`.execute(tx)
  return new Map(
    rows.map(({ id, contentSha256, isRestricted, ...depicted }) => [id, { depicted, contentSha256, isRestricted }]),
  )
}
