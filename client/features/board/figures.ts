import { type Board, type BoardCount, type BoardQueue, boardSpanMs } from '#shared/contract/board.ts'
import { ReviewState } from '#shared/domain/words.ts'

/** In the order of the board. */
export const figures = [
  'waiting',
  'overdue',
  'dueSoon',
  'inHand',
  'onHold',
  'escalated',
  'confirming',
  'appeals',
  'opened',
  'decided',
] as const
export type Figure = (typeof figures)[number]

export function figureOf(queue: BoardQueue, figure: Figure): BoardCount {
  const value = queue[figure]
  return typeof value === 'number' ? { value, exact: true } : value
}

/** Of all queues together; at least so many where one of them is at least so many. */
export function totalOf(queues: readonly BoardQueue[], figure: Figure): BoardCount {
  const counts = queues.map((queue) => figureOf(queue, figure))
  return {
    value: counts.reduce((sum, { value }) => sum + value, 0),
    exact: counts.every(({ exact }) => exact),
  }
}

/** When the review that waits longest was opened; null where none waits. */
export const oldestOf = (queues: readonly BoardQueue[]) =>
  queues.flatMap(({ oldestAt }) => oldestAt ?? []).sort()[0] ?? null

/**
 * The list that a figure was counted from, in its own words and at the moment of the count.
 *
 * @param queueId null for all queues
 */
export function listOf(board: Board, figure: Figure | 'oldest', queueId: string | null) {
  const now = Date.parse(board.countedAt)
  const moment = (ms: number) => new Date(now + ms).toISOString()
  const queue = queueId === null ? {} : { queue: queueId }
  if (figure === 'decided') {
    return { to: '/decisions', search: { ...queue, from: moment(-boardSpanMs), to: board.countedAt } } as const
  }
  if (figure === 'appeals') return { to: '/appeals', search: queue } as const
  const reviews = (search: object) => ({ to: '/queue', search: { ...queue, ...search } }) as const
  if (figure === 'oldest') return reviews({ sort: 'oldest' })
  // Due before this very moment: the list includes its ends.
  if (figure === 'overdue') return reviews({ due: `..${moment(-1)}` })
  if (figure === 'dueSoon') return reviews({ due: `${board.countedAt}..${moment(boardSpanMs)}` })
  if (figure === 'inHand') return reviews({ holder: holdersIn(board, queueId).join(',') })
  if (figure === 'onHold') return reviews({ tab: 'on_hold' })
  if (figure === 'escalated' || figure === 'confirming') return reviews({ tab: figure })
  if (figure === 'opened') {
    return reviews({ state: ReviewState.options.join(','), opened: `${moment(-boardSpanMs)}..${board.countedAt}` })
  }
  return reviews({})
}

const holdersIn = ({ people }: Board, queueId: string | null) =>
  people
    .filter(({ held }) => held.some((each) => queueId === null || each.queueId === queueId))
    .map(({ personId }) => personId)
