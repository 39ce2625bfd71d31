/** One text for the key that a thing has on its platform or with its source. */
export function keyText(key: { platform?: string; source_kind?: string; source_name?: string; external_id: string }) {
  return JSON.stringify([key.source_kind, key.source_name ?? key.platform, key.external_id])
}

export function groupByKey<Item>(items: Item[], keyOf: (item: Item) => Parameters<typeof keyText>[0]) {
  return Map.groupBy(items, (item) => keyText(keyOf(item)))
}
