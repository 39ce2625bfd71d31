import type { Db } from '#server/db/connect.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { inspectMedia } from '#server/media/inspect-media.ts'
import { keepMedia } from '#server/media/keep-media.ts'
import { findMedia } from '#server/media/media.queries.ts'
import type { MediaStore } from '#server/media/store.ts'
import type { FlagInput } from '#shared/contract/flags.ts'
import type { MediaKind } from '#shared/domain/words.ts'
import type { NamedMedia } from './subjects/snapshot.ts'

type Deps = { db: Db; mediaStore: MediaStore }
type Context = { by: Caller | null; now: Date }
type SentMedia = NonNullable<FlagInput['post']>['media'][number]

/** A post's content as it was sent: its media, and the JSON that they stand in, under `key`. */
export type Carrier = { media: SentMedia[]; raw: string; key: 'post' | 'content' }

/** Media that are stored, or named by their address only. `raw` is what came, with hashes in the place of bytes. */
export type ReadyMedia = { media: NamedMedia[]; raw: string; isRestricted: boolean }

/**
 * Stores the files that posts carry and looks up those they name by hash. A post whose file is refused or unknown is
 * refused with it: taken in without, it would show a reviewer less than its sender meant.
 */
export async function readyMedia(deps: Deps, carriers: Carrier[], context: Context) {
  const kept: (Carrier | AppError)[] = []
  for (const carrier of carriers) kept.push(await keepInline(deps, carrier, context))
  const named = kept.flatMap((carrier) => (carrier instanceof AppError ? [] : hashesIn(carrier)))
  const found = named.length > 0 ? await findMedia(deps.db, named) : []
  const files = new Map(found.map((row) => [row.sha256, row]))
  return kept.map((carrier) => (carrier instanceof AppError ? carrier : withFiles(carrier, files)))
}

/** The refusals that `readyMedia` would answer, null where there is none. Stores nothing. */
export async function checkMedia(db: Db, carriers: Carrier[]): Promise<(AppError | null)[]> {
  const named = carriers.flatMap(hashesIn)
  const found = named.length > 0 ? await findMedia(db, named) : []
  const files = new Map(found.map((row) => [row.sha256, row]))
  const faults: (AppError | null)[] = []
  for (const carrier of carriers) {
    const ready = withFiles({ ...carrier, media: carrier.media.filter(({ base64 }) => base64 === undefined) }, files)
    faults.push(ready instanceof AppError ? ready : await inlineFault(carrier))
  }
  return faults
}

async function inlineFault({ media, key }: Carrier): Promise<AppError | null> {
  for (const [index, { base64 }] of media.entries()) {
    if (base64 === undefined) continue
    const fault = await inspectMedia(Buffer.from(base64, 'base64')).then(
      () => null,
      (error: unknown) => error,
    )
    if (fault instanceof AppError) return inPlace(fault, `${key}.media.${index}.base64`)
    if (fault) throw fault
  }
  return null
}

function inPlace({ code, message }: AppError, path: string): AppError {
  return new AppError(code, `A file of the post: ${message}`, [{ path, message }])
}

/** Stores files sent inside and puts their hashes in their place, in what is kept of the sender's body too. */
async function keepInline(deps: Deps, carrier: Carrier, { by, now }: Context): Promise<Carrier | AppError> {
  if (!carrier.media.some((item) => item.base64 !== undefined)) return carrier
  const media: SentMedia[] = []
  for (const [index, { base64, ...item }] of carrier.media.entries()) {
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
      return inPlace(error, `${carrier.key}.media.${index}.base64`)
    }
  }
  const raw = JSON.parse(carrier.raw) as Record<Carrier['key'], { media: Record<string, unknown>[] }>
  raw[carrier.key].media = raw[carrier.key].media.map(({ base64: _bytes, ...item }, index) => ({
    ...item,
    sha256: media[index]?.sha256,
  }))
  return { ...carrier, media, raw: JSON.stringify(raw) }
}

function hashesIn({ media }: Carrier): string[] {
  return media.flatMap((item) => (item.sha256 ? [item.sha256] : []))
}

type File = { mime: string; is_restricted: boolean }

function withFiles({ media, raw, key }: Carrier, files: Map<string, File>): ReadyMedia | AppError {
  const unknown = media.flatMap(({ sha256 }, index) =>
    sha256 && !files.has(sha256)
      ? [{ path: `${key}.media.${index}.sha256`, message: 'No file with this hash was uploaded.' }]
      : [],
  )
  if (unknown.length > 0) return new AppError('unsupported_media', 'A file is named that is not here.', unknown)
  const fileOf = ({ sha256 }: SentMedia) => (sha256 ? files.get(sha256) : undefined)
  const named = media.map((item) => ({
    kind: kindOf(fileOf(item)?.mime) ?? item.kind,
    sha256: item.sha256 ?? null,
    url: item.url ?? null,
    name: item.name ?? null,
    caption: item.caption ?? null,
  }))
  return { media: named, raw, isRestricted: media.some((item) => fileOf(item)?.is_restricted) }
}

function kindOf(mime: string | undefined): MediaKind | null {
  const kind = mime?.split('/')[0]
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : null
}
