import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { FlagInput } from '#shared/contract/flags.ts'
import type { AccountStatus, MediaKind, PostStatus, SourceKind } from '#shared/domain/words.ts'

export type NamedMedia = {
  kind: MediaKind
  sha256: string | null
  url: string | null
  name: string | null
  caption: string | null
}

/** What a list shows of a snapshot. */
export type Face = {
  captionExcerpt: string
  language: string | null
  claimedPlace: string | null
  mediaCount: number
  /** Sorted, each once. */
  mediaKinds: MediaKind[]
  firstMedia: string | null
}

/** What a reviewer sees and judges. Two flags with the same content share one snapshot. */
export type Content = {
  caption: string
  claimedPlace: string | null
  context: { author: string | null; text: string }[]
  media: Pick<NamedMedia, 'kind' | 'sha256' | 'url' | 'caption'>[]
}

/** A post as it is shown: what its sender said of it, and its media as they are kept. */
export type Depicted = Omit<Content, 'media'> & {
  language: string | null
  reach: number | null
  url: string | null
  media: NamedMedia[]
}

type SentContent = Pick<NonNullable<FlagInput['post']>, 'caption' | 'context'> & {
  [Name in 'language' | 'claimedPlace' | 'reach' | 'url']?: NonNullable<FlagInput['post']>[Name]
}

export function depict(post: SentContent, media: NamedMedia[]): Depicted {
  return {
    caption: post.caption,
    language: post.language ?? null,
    claimedPlace: post.claimedPlace ?? null,
    reach: post.reach ?? null,
    url: post.url ?? null,
    context: post.context.map(({ author, text }) => ({ author: author ?? null, text })),
    media,
  }
}

export function postContentSha256({ caption, claimedPlace, context, media }: Depicted): string {
  return contentSha256({
    caption,
    claimedPlace,
    context,
    media: media.map(({ kind, sha256, url, caption: text }) => ({
      kind,
      sha256,
      url: sha256 ? null : url,
      caption: text,
    })),
  })
}

export function faceOf({ caption, language, claimedPlace, media }: Depicted): Face {
  return {
    captionExcerpt: excerptOf(caption),
    language,
    claimedPlace,
    mediaCount: media.length,
    mediaKinds: [...new Set(media.map(({ kind }) => kind))].sort(),
    firstMedia: media.find(({ kind, sha256 }) => kind === 'image' && sha256)?.sha256 ?? null,
  }
}

type FaceRow = {
  caption: string
  language: string | null
  claimed_place: string | null
  media_count: number
  media_kinds: MediaKind[]
  first_media: string | null
}

/** What a list shows of a snapshot, read back. */
export function toFace(row: FaceRow): Face {
  return {
    captionExcerpt: excerptOf(row.caption),
    language: row.language,
    claimedPlace: row.claimed_place,
    mediaCount: row.media_count,
    mediaKinds: row.media_kinds,
    firstMedia: row.first_media,
  }
}

/** For a flag on an account alone. */
export type AccountContent = { handle: string; displayName: string | null; url: string | null; kind: string }

export type AccountState = { status: AccountStatus; handle: string; displayName: string | null }

/** Everything that a snapshot freezes, as it can be read back from its row and its media. */
export type FrozenSnapshot = {
  postId: string | null
  accountId: string
  caption: string
  language: string | null
  claimedPlace: string | null
  reach: number | null
  url: string | null
  context: Content['context']
  media: NamedMedia[]
  accountState: AccountState
  source: { kind: SourceKind; name: string }
  capturedAt: Date
  /** The sender's body, as it came. */
  raw: string
  /** What had become of the post; left out of a snapshot that was taken with a flag. */
  postStatus?: PostStatus
}

export function contentSha256(content: Content | AccountContent): string {
  return canonicalSha256(content)
}

/** The hash that an auditor computes again from what is stored. */
export function snapshotSha256(snapshot: FrozenSnapshot): string {
  return canonicalSha256({ ...snapshot, capturedAt: snapshot.capturedAt.toISOString() })
}

/** SHA-256 of the canonical JSON (RFC 8785) in UTF-8, in hexadecimal. */
function canonicalSha256(value: object): string {
  return createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex')
}

const excerptLength = 300

/** The caption on one line, for lists: at most 300 characters, none cut in half. */
export function excerptOf(caption: string): string {
  const line = caption
    .slice(0, excerptLength * 4)
    .replace(/\s+/gu, ' ')
    .trim()
  if (line.length <= excerptLength) return line.toWellFormed()
  return [...line].slice(0, excerptLength).join('').toWellFormed()
}
