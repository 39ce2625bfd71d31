export type LoadSearch = { day?: string }

/** The day in the address; anything that is none is today. */
export function readLoadSearch(raw: Record<string, unknown>): LoadSearch {
  const { day } = raw
  return typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) ? { day } : {}
}

/** The day so many days later. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
