/** As much of a hash or an id as people compare by eye. */
export function shorten(id: string) {
  if (/^[0-9a-f]{40,}$/.test(id)) return `${id.slice(0, 6)}…${id.slice(-4)}`
  return /^[0-9a-f-]{36}$/.test(id) ? id.slice(-8) : id
}

/** What an entry holds, in one line: `outcome violation, clause tve.recruitment v2`. */
export function sayData(data: Record<string, unknown>): string {
  return Object.entries(data)
    .flatMap(([key, value]) => {
      const said = sayValue(value)
      return said === '' ? [] : [`${key} ${said}`]
    })
    .join(', ')
}

function sayValue(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(sayValue).join(' + ')
  if (typeof value !== 'object') return shorten(String(value))
  const { id, version } = value as { id?: unknown; version?: unknown }
  if (typeof id === 'string' && typeof version === 'number') return `${id} v${version}`
  return Object.entries(value)
    .map(([key, each]) => `${key}=${sayValue(each)}`)
    .join(' ')
}
