import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { FlagInput } from '#shared/contract/flags.ts'

/** The name under which people flag what they find themselves. */
const ownSourceName = 'docket'

/**
 * A key speaks only for the names and kinds of sources it is bound to, a person only for their own initiative. Null when
 * the caller may, the refusal otherwise.
 */
export function mayFlagAs(by: Pick<Caller, 'key'> | null, { kind, name }: FlagInput['source']): AppError | null {
  if (by === null) return null
  if (by.key) {
    if (by.key.sourceKinds.includes(kind) && by.key.sourceNames.includes(name)) return null
    return new AppError('source_not_allowed', `This key may not speak for the source "${name}" as ${kind}.`)
  }
  if (kind === 'own_initiative' && name === ownSourceName) return null
  return new AppError('source_not_allowed', `A person flags as own_initiative of "${ownSourceName}" only.`)
}
