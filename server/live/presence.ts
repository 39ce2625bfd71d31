import type { z } from 'zod'
import type { Scope } from '#server/http/route.ts'
import type { LivePresence } from '#shared/contract/live.ts'
import { isVisibleTo } from './cut.ts'
import type { Present } from './presence.queries.ts'

/** What one reader was told last: by person, the reviews on their screens. */
export type Told = ReadonlyMap<string, readonly string[]>

/** What somebody may know of who is there: everybody, but of their screens only what lies in the scope. */
export function presentFor(scope: Scope, present: readonly Present[]): Told {
  const people = new Map<string, string[]>()
  for (const { personId, reviewId, place } of present) {
    const reviews = people.get(personId) ?? []
    if (reviewId && place && isVisibleTo(scope, place)) reviews.push(reviewId)
    people.set(personId, reviews)
  }
  return people
}

/** What is to be said to bring a reader from what was told to what is; null when that is nothing. */
export function sayPresence(told: Told | null, now: Told): z.input<typeof LivePresence> | null {
  const people = [...now]
    .filter(([id, reviewIds]) => told?.get(id)?.join() !== reviewIds.join() || !told.has(id))
    .map(([id, reviewIds]) => ({ id, reviewIds: [...reviewIds] }))
  const gone = [...(told?.keys() ?? [])].filter((id) => !now.has(id))
  return people.length + gone.length > 0 ? { isWhole: told === null, people, gone } : null
}
