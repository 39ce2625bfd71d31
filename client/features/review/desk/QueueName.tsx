import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { queuesQuery } from '#client/api/reference-data.ts'
import { TopBarSlot } from '#client/ui/page.tsx'
import css from './desk.module.css'

/** The queue that the review is in, in the top bar. */
export function QueueName({ queueId }: { queueId: string }) {
  const { data } = useQuery(queuesQuery)
  const queue = data?.items.find(({ id }) => id === queueId)
  return (
    <TopBarSlot at="start">
      {queue ? (
        <Link to="/queue" search={{ queue: queueId }} className={`b cut ${css.queue}`}>
          {queue.name}
        </Link>
      ) : null}
    </TopBarSlot>
  )
}
