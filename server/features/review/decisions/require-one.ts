import { AppError } from '#server/http/errors.ts'
import { isSevere } from '#shared/domain/decision-rules.ts'
import type { House } from './house.queries.ts'

type Measures = readonly { target: string; kind: string }[]

/**
 * That one person may take these measures.
 *
 * @param before those of a decision that is corrected: what holds already needs nobody more
 * @throws AppError `needs_second_person`
 */
export function requireOne({ measures }: { measures: Measures }, house: House | null, before: Measures = []) {
  const added = measures.filter(({ target, kind }) => !before.some((old) => old.target === target && old.kind === kind))
  if (!house || !isSevere(added, house.organisation.severeMeasures)) return
  throw new AppError('needs_second_person', 'A severe measure waits for a second person: propose it.')
}
