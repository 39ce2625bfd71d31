import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { peopleQuery } from '#client/api/reference-data.ts'
import { useSession } from '#client/api/session.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import { takeAway } from '../../flow/leases.ts'
import type { LeaseHandle } from '../use-lease.ts'

/** Says at once that a review in hand has gone into another, when it is read again with somebody else’s lease or none. */
export function useNoticeLoss({ review, lease: held }: ReviewDetail, lease: LeaseHandle) {
  const me = useSession().person.id
  const { data: people } = useQuery(peopleQuery)
  const { state } = lease
  const isGone =
    state.kind === 'held' &&
    review.state !== 'decided' &&
    review.version > state.version &&
    (held?.holderId ?? review.holderId) !== me
  const notice = useEffectEvent(() => {
    const byId = held?.holderId ?? null
    takeAway(review.id, {
      byId,
      byName: byId ? (people?.get(byId)?.name ?? null) : null,
      at: new Date().toISOString(),
      heldUntil: held?.expiresAt ?? null,
      decision: null,
    })
  })
  useEffect(() => {
    if (isGone) notice()
  }, [isGone])
}
