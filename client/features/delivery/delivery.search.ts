import type { DeliveryFilter } from '#shared/contract/deliveries.ts'

export const views = ['failed', 'refused', 'waiting', 'all'] as const
export type View = (typeof views)[number]

/** What the address of the deliveries may say. Without a view, what waits for a person is shown. */
export type DeliverySearch = { view?: Exclude<View, 'failed'>; receiver?: string; cursor?: string }

/** Keeps what makes sense and drops the rest, so that an old or cut link still opens the list. */
export function readDeliverySearch(search: Record<string, unknown>): DeliverySearch {
  const read: DeliverySearch = {}
  const view = views.find((each) => each === search.view)
  if (view && view !== 'failed') read.view = view
  const { receiver, cursor } = search
  if (typeof receiver === 'string' && /^[0-9a-f-]{36}$/.test(receiver)) read.receiver = receiver
  if (typeof cursor === 'string' && cursor !== '') read.cursor = cursor
  return read
}

export const viewOf = ({ view }: DeliverySearch): View => view ?? 'failed'

/** The same list under another view, from its beginning. */
export function searchFor(view: View, { receiver }: DeliverySearch): DeliverySearch {
  return { ...(view !== 'failed' && { view }), ...(receiver && { receiver }) }
}

const filters: Record<View, DeliveryFilter> = {
  failed: { state: ['failed'] },
  refused: { state: ['delivered'], answer: ['refused'] },
  waiting: { state: ['pending', 'sending'] },
  all: {},
}

/** The filters as the API takes them. */
export function filterOf(search: DeliverySearch): DeliveryFilter {
  return { ...filters[viewOf(search)], ...(search.receiver && { receiver: [search.receiver] }) }
}
