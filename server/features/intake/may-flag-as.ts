import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { SourceKind } from '#shared/domain/words.ts'

/** The name under which people flag what they find themselves. */
const ownSourceName = 'docket'

/** Who speaks: a person or a key, or the operator, who may speak for any source. */
export type Speaker = Pick<Caller, 'key'> | 'operator'

type Source = { kind: SourceKind; name: string }

/**
 * A key speaks only for the names and kinds of sources it is bound to, a person only for their own initiative. Null when
 * the speaker may, the refusal otherwise.
 */
export function mayFlagAs(speaker: Speaker, { kind, name }: Source): AppError | null {
  if (speaker === 'operator') return null
  if (speaker.key) return mayKeySpeak(speaker.key, { kind, name })
  if (kind === 'own_initiative' && name === ownSourceName) return null
  return new AppError('source_not_allowed', `A person flags as own_initiative of "${ownSourceName}" only.`)
}

/** What became of accounts and posts is told by their platforms, and not by people. */
export function mayState(speaker: Speaker, source: Source): AppError | null {
  if (speaker === 'operator') return null
  if (speaker.key) return mayKeySpeak(speaker.key, source)
  return new AppError('source_not_allowed', 'What became of accounts and posts is stated with a key.')
}

function mayKeySpeak(key: NonNullable<Caller['key']>, { kind, name }: Source): AppError | null {
  if (key.sourceKinds.includes(kind) && key.sourceNames.includes(name)) return null
  return new AppError('source_not_allowed', `This key may not speak for the source "${name}" as ${kind}.`)
}
