import type { Db } from '#server/db/connect.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { keepMedia } from '#server/media/keep-media.ts'
import { findMedia } from '#server/media/media.queries.ts'
import type { MediaStore } from '#server/media/store.ts'
import type { FlagInput } from '#shared/contract/flags.ts'
import type { MediaKind } from '#shared/domain/words.ts'
import type { FlagKey } from './flags.queries.ts'
import { mayFlagAs } from './may-flag-as.ts'
import type { NamedMedia } from './subjects/snapshot.ts'

/** A flag that may be taken in: its media are stored, or named by their address only. */
export type ReadyFlag = { input: FlagInput; raw: string; media: NamedMedia[] }

export type SentFlag = {
  input: FlagInput
  /** The sender's body, as it came: one JSON object. */
  raw: string
}

export function flagKey({ input: { source } }: { input: FlagInput }): FlagKey {
  return { source_kind: source.kind, source_name: source.name, external_id: source.externalId }
}

type Deps = { db: Db; mediaStore: MediaStore }
type By = Caller | null
type SentMedia = NonNullable<FlagInput['post']>['media'][number]

/**
 * Refuses flags that the caller may not send, stores the files that flags carry and looks up those they name by hash. A flag whose file is refused or unknown is
 * refused with it: taken in without, it would show a reviewer less than its sender meant.
 */
export async function readyFlags(
  deps: Deps,
  flags: SentFlag[],
  { by, now }: { by: By; now: Date },
): Promise<(ReadyFlag | AppError)[]> {
  const kept = []
  for (const flag of flags) {
    kept.push(mayFlagAs(by, flag.input.source) ?? (await keepInline(deps, flag, { by, now })))
  }
  const named = kept.flatMap((flag) => (flag instanceof AppError ? [] : hashesIn(flag.input)))
  const found = named.length > 0 ? await findMedia(deps.db, named) : []
  const mimes = new Map(found.map((row) => [row.sha256, row.mime]))
  return kept.map((flag) => (flag instanceof AppError ? flag : withMedia(flag, mimes)))
}

/** Stores files sent inside the flag and puts their hashes in their place, in what is kept of the sender's body too. */
async function keepInline(
  deps: Deps,
  flag: SentFlag,
  { by, now }: { by: By; now: Date },
): Promise<SentFlag | AppError> {
  if (!flag.input.post?.media.some((item) => item.base64 !== undefined)) return flag
  const media: SentMedia[] = []
  for (const [index, { base64, ...item }] of flag.input.post.media.entries()) {
    if (base64 === undefined) {
      media.push(item)
      continue
    }
    const bytes = Buffer.from(base64, 'base64')
    try {
      const { sha256 } = await keepMedia(deps, { bytes, by, now })
      if (item.sha256 && item.sha256 !== sha256) {
        throw new AppError('unsupported_media', 'The hash named with the file is not the hash of its bytes.')
      }
      media.push({ ...item, sha256 })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const path = `post.media.${index}.base64`
      return new AppError(error.code, `A file of the post: ${error.message}`, [{ path, message: error.message }])
    }
  }
  const input = { ...flag.input, post: { ...flag.input.post, media } }
  const raw = JSON.parse(flag.raw) as { post: { media: Record<string, unknown>[] } }
  raw.post.media = raw.post.media.map(({ base64: _bytes, ...item }, index) => ({
    ...item,
    sha256: media[index]?.sha256,
  }))
  return { input, raw: JSON.stringify(raw) }
}

function hashesIn({ post }: FlagInput): string[] {
  return (post?.media ?? []).flatMap((item) => (item.sha256 ? [item.sha256] : []))
}

function withMedia({ input, raw }: SentFlag, mimes: Map<string, string>): ReadyFlag | AppError {
  const unknown = (input.post?.media ?? []).flatMap(({ sha256 }, index) =>
    sha256 && !mimes.has(sha256)
      ? [{ path: `post.media.${index}.sha256`, message: 'No file with this hash was uploaded.' }]
      : [],
  )
  if (unknown.length > 0) return new AppError('unsupported_media', 'The flag names a file that is not here.', unknown)
  const media = (input.post?.media ?? []).map((item) => ({
    kind: kindOf(item.sha256 && mimes.get(item.sha256)) ?? item.kind,
    sha256: item.sha256 ?? null,
    url: item.url ?? null,
    name: item.name ?? null,
    caption: item.caption ?? null,
  }))
  return { input, raw, media }
}

function kindOf(mime: string | undefined): MediaKind | null {
  const kind = mime?.split('/')[0]
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : null
}
