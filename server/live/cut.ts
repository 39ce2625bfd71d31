import type { z } from 'zod'
import type { Caller, Scope } from '#server/http/route.ts'
import type { LiveChanges } from '#shared/contract/live.ts'
import type { Changes, Place } from './live.queries.ts'

/** What somebody may know of the changes after a number. A review outside the scope is named when it has just left it. */
export function cutFor(
  { id, scope }: Pick<Caller, 'id' | 'scope'>,
  changes: Changes,
  after: number,
): z.input<typeof LiveChanges> {
  const isVisible = (place: Place) => isVisibleTo(scope, place)
  const seesAll = scope.queues === null && scope.seesRestricted
  const reviews = changes.reviews.flatMap(({ review, happened }) => {
    const kinds = [...happened].filter(([, seq]) => seq > after).map(([kind]) => kind)
    if (kinds.length === 0 || !isVisible(review)) return []
    const { id, version, state, queue_id: queueId } = review
    return [{ id, version, state, queueId, kinds }]
  })
  const gone = changes.exits.filter(
    ({ place, seq, now }) => seq > after && isVisible(place) && !(now && isVisible(now)),
  )
  const accounts = changes.accounts.filter(({ seq, places }) => seq > after && (seesAll || places.some(isVisible)))
  return {
    reviews,
    gone: [...new Set(gone.map(({ reviewId }) => reviewId))],
    accounts: accounts.map((account) => account.id),
    ...(changes.told.some(({ personId, seq }) => personId === id && seq > after) && { inbox: true }),
  }
}

export const isVisibleTo = (scope: Scope, place: Place) =>
  (scope.seesRestricted || !place.is_restricted) && (scope.queues?.includes(place.queue_id) ?? true)
