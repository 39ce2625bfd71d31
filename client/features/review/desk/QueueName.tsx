import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { queuesQuery } from '#client/api/reference-data.ts'
import { TopBarSlot } from '#client/ui/page.tsx'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import { usePlacement } from '../use-placement.ts'
import css from './desk.module.css'

type Props = { queueId: string; placement: ReviewDetail['placement'] }

/** The queue that the review is in, and what placed it there, in the top bar. */
export function QueueName({ queueId, placement }: Props) {
  const { data } = useQuery(queuesQuery)
  const placementOf = usePlacement()
  const queue = data?.items.find(({ id }) => id === queueId)
  return (
    <TopBarSlot at="start">
      {queue ? (
        <span className={css.queueName}>
          <Link to="/queue" search={{ queue: queueId }} className={`b cut ${css.queue}`}>
            {queue.name}
          </Link>
          {placement ? <span className="xs t3 cut hideS">{placementOf(placement)}</span> : null}
        </span>
      ) : null}
    </TopBarSlot>
  )
}
