/** What clocks show in a zone at a moment, `2026-07-02T13:52`. @param zone null for the viewer's own */
export function wallOf(at: string | number, zone: string | null) {
  const format = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'short',
    ...(zone && { timeZone: zone }),
  })
  return format.format(new Date(at)).replace(' ', 'T')
}

/** The moment at which clocks in a zone show this; of two such moments the first, of none the one after the leap. */
export function instantOf(wall: string, zone: string | null) {
  if (zone === null) return new Date(wall).toISOString()
  const shown = Date.parse(`${wall}Z`)
  const offsetAt = (ms: number) => Date.parse(`${wallOf(ms, zone)}Z`) - ms
  const guess = shown - offsetAt(shown - offsetAt(shown))
  return new Date(guess).toISOString()
}
