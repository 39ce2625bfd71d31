export type Part = { text: string; change: 'kept' | 'added' | 'removed' }

/** More than this many comparisons take too long to look at: then the middle is told as replaced whole. */
const most = 4_000_000

const words = new Intl.Segmenter(undefined, { granularity: 'word' })
const wordsOf = (text: string) => Array.from(words.segment(text), ({ segment }) => segment)

/**
 * One text as another one, word by word: what was kept and added, read in order, is the text now; what was kept and removed
 * is the text before. Where words were replaced, those that went stand before those that came.
 */
export function diffWords(before: string, now: string): Part[] {
  const runs: Run[] = []
  for (const { left, right } of align(wordsOf(before), wordsOf(now), (a, b) => a === b)) {
    const kept = left !== undefined && right !== undefined ? left : null
    const last = runs.at(-1)
    const run = last && last.isKept === (kept !== null) ? last : { isKept: kept !== null, removed: '', added: '' }
    if (run !== last) runs.push(run)
    run.removed += kept ?? left ?? ''
    run.added += kept ?? right ?? ''
  }
  return joined(runs).flatMap(({ isKept, removed, added }): Part[] => {
    if (isKept) return [{ text: added, change: 'kept' }]
    const parts: Part[] = [
      { text: removed, change: 'removed' },
      { text: added, change: 'added' },
    ]
    return parts.filter(({ text }) => text !== '')
  })
}

type Run = { isKept: boolean; removed: string; added: string }

/** A blank between two changes goes with both: else a reworded phrase falls into crumbs. */
function joined(runs: readonly Run[]): Run[] {
  const whole: Run[] = []
  for (const run of runs) {
    const [blank, change] = [whole.at(-1), whole.at(-2)]
    const isBetween = !run.isKept && blank?.isKept && blank.added.trim() === ''
    const sum = isBetween && change ? sumOf(change, blank, run) : null
    if (sum?.removed.trim() && sum.added.trim()) whole.splice(-2, 2, sum)
    else whole.push(run)
  }
  return whole
}

const sumOf = (...runs: Run[]): Run => ({
  isKept: false,
  removed: runs.map(({ removed }) => removed).join(''),
  added: runs.map(({ added }) => added).join(''),
})

export type Line = { change: 'kept' | 'added' | 'removed' | 'reworded'; parts: Part[] }

/** Reworded lines share so much of the longer one, or nearly all of the shorter one; others are one that went and one that came. */
const alike = { ofLonger: 0.4, ofShorter: 0.8, letters: 6 }

/** A list as another one. A line that was reworded is told word by word. */
export function diffLines(before: readonly string[], now: readonly string[]): Line[] {
  const lines: Line[] = []
  let gone: string[] = []
  let come: string[] = []
  const flush = () => {
    for (const { left, right } of align(gone, come, (a, b) => isReworded(a, b))) {
      if (left !== undefined && right !== undefined) lines.push({ change: 'reworded', parts: diffWords(left, right) })
      else if (left !== undefined) lines.push({ change: 'removed', parts: [{ text: left, change: 'removed' }] })
      else lines.push({ change: 'added', parts: [{ text: right!, change: 'added' }] })
    }
    gone = []
    come = []
  }
  for (const { left, right } of align(before, now, (a, b) => a === b)) {
    if (left !== undefined && right !== undefined) {
      flush()
      lines.push({ change: 'kept', parts: [{ text: right, change: 'kept' }] })
    } else if (left !== undefined) gone.push(left)
    else come.push(right!)
  }
  flush()
  return lines
}

function isReworded(a: string, b: string) {
  const kept = diffWords(a, b).reduce((sum, part) => sum + (part.change === 'kept' ? part.text.trim().length : 0), 0)
  const [shorter, longer] = [a.length, b.length].sort((one, other) => one - other) as [number, number]
  return kept >= alike.ofLonger * longer || (kept >= alike.letters && kept >= alike.ofShorter * shorter)
}

type Pair = { left?: string; right?: string }

/** The longest common run of two lists, with what stands between on either side; of the left first. */
function align(
  left: readonly string[],
  right: readonly string[],
  isPair: (left: string, right: string) => boolean,
): Pair[] {
  let start = 0
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1
  let end = 0
  while (
    end < left.length - start &&
    end < right.length - start &&
    left[left.length - 1 - end] === right[right.length - 1 - end]
  )
    end += 1
  const pair = (text: string): Pair => ({ left: text, right: text })
  return [
    ...left.slice(0, start).map(pair),
    ...alignMiddle(left.slice(start, left.length - end), right.slice(start, right.length - end), isPair),
    ...left.slice(left.length - end).map(pair),
  ]
}

function alignMiddle(left: string[], right: string[], isPair: (left: string, right: string) => boolean): Pair[] {
  const apart = [...left.map((text) => ({ left: text })), ...right.map((text) => ({ right: text }))]
  if (left.length === 0 || right.length === 0 || left.length * right.length > most) return apart
  const width = right.length + 1
  const pairs = new Uint8Array((left.length + 1) * width)
  const longest = new Uint32Array((left.length + 1) * width)
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      const at = i * width + j
      const isSame = isPair(left[i]!, right[j]!)
      pairs[at] = isSame ? 1 : 0
      const without = Math.max(longest[at + width]!, longest[at + 1]!)
      longest[at] = isSame ? Math.max(without, longest[at + width + 1]! + 1) : without
    }
  }
  const steps: Pair[] = []
  let i = 0
  let j = 0
  while (i < left.length || j < right.length) {
    const at = i * width + j
    const inBoth = i < left.length && j < right.length
    if (inBoth && pairs[at] && longest[at] === longest[at + width + 1]! + 1) {
      steps.push({ left: left[i]!, right: right[j]! })
      i += 1
      j += 1
    } else if (i < left.length && (j >= right.length || longest[at + width]! >= longest[at + 1]!)) {
      steps.push({ left: left[i]! })
      i += 1
    } else {
      steps.push({ right: right[j]! })
      j += 1
    }
  }
  return steps
}
