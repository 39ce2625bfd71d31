export const routingTabs = ['queues', 'rules', 'priority', 'reasons'] as const
export type RoutingTab = (typeof routingTabs)[number]

export type RoutingSearch = { tab?: RoutingTab; queue?: string }

/** `queue`: whose settings are open; `new` for one to be made. */
export function readRoutingSearch(search: Record<string, unknown>): RoutingSearch {
  const tab = routingTabs.find((each) => each === search.tab)
  const queue = typeof search.queue === 'string' && search.queue !== '' ? search.queue : undefined
  return { ...(tab && tab !== 'queues' && { tab }), ...(queue && { queue }) }
}
