import type { Db } from '#server/db/connect.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { MediaStore } from '#server/media/store.ts'
import type { FlagInput } from '#shared/contract/flags.ts'
import type { FlagKey } from './flags.queries.ts'
import { mayFlagAs, type Speaker } from './may-flag-as.ts'
import { type ReadyMedia, readyMedia } from './ready-media.ts'

/** A flag that may be taken in. */
export type ReadyFlag = ReadyMedia & { input: FlagInput }

export type SentFlag = {
  input: FlagInput
  /** The sender's body, as it came: one JSON object. */
  raw: string
}

export function flagKey({ input: { source } }: { input: FlagInput }): FlagKey {
  return { source_kind: source.kind, source_name: source.name, external_id: source.externalId }
}

type Deps = { db: Db; mediaStore: MediaStore }

/** Refuses flags that the caller may not send, and those whose files are refused or unknown. */
export async function readyFlags(
  deps: Deps,
  flags: SentFlag[],
  { by, speaker, now }: { by: Caller | null; speaker: Speaker; now: Date },
): Promise<(ReadyFlag | AppError)[]> {
  const refusals = new Map(flags.map((flag) => [flag, mayFlagAs(speaker, flag.input.source)]))
  const allowed = flags.filter((flag) => !refusals.get(flag))
  const carriers = allowed.map(({ input, raw }) => ({ media: input.post?.media ?? [], raw, key: 'post' as const }))
  const ready = await readyMedia(deps, carriers, { by, now })
  const outcomes = new Map(
    allowed.map((flag, index) => {
      const media = ready[index]!
      return [flag, media instanceof AppError ? media : { input: flag.input, ...media }]
    }),
  )
  return flags.map((flag) => refusals.get(flag) ?? outcomes.get(flag)!)
}
