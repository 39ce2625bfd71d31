export type ChangedLine = { text: string; change: 'kept' | 'added' | 'removed' }

/**
 * The lines of a list as they are now, with those of the earlier version that are gone, each before the line that stood
 * after it then. A line that was reworded is one that is gone and one that is new.
 */
export function changedLines(now: readonly string[], before: readonly string[]): ChangedLine[] {
  const kept = new Set(now)
  const lines: ChangedLine[] = []
  let next = 0
  for (const text of now) {
    const at = before.indexOf(text, next)
    if (at >= 0) {
      for (const gone of before.slice(next, at)) if (!kept.has(gone)) lines.push({ text: gone, change: 'removed' })
      next = at + 1
    }
    lines.push({ text, change: before.includes(text) ? 'kept' : 'added' })
  }
  for (const gone of before.slice(next)) if (!kept.has(gone)) lines.push({ text: gone, change: 'removed' })
  return lines
}
