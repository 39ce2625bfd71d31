import type { ReactNode } from 'react'
import type { Hidden } from './hidden.ts'
import type { FoundLink } from './links.ts'

/** A stretch of a text that is drawn in a way of its own. Never a part of a letter: it grows to whole ones. */
export type TextMark = { start: number; end: number; render: (text: ReactNode) => ReactNode }

export type Segment = {
  text: string
  start: number
  hidden: Hidden | null
  link: FoundLink | null
  /** Within its host. */
  isHost: boolean
  mark: TextMark | null
  /** In a word of two alphabets. */
  isMixed: boolean
}

type Found = {
  marks?: readonly TextMark[]
  links?: readonly FoundLink[]
  /** To be drawn in place of what cannot be seen. */
  hidden?: readonly Hidden[]
  mixed?: readonly { start: number; end: number }[]
}

type Range = { start: number; end: number }

/** Cuts a text where anything begins or ends. The pieces, put together, are the text. */
export function segmentsOf(text: string, { marks = [], links = [], hidden = [], mixed = [] }: Found): Segment[] {
  const whole = wholeLetters(text, marks)
  const hosts = links.flatMap(({ hostAt }) => (hostAt ? [hostAt] : []))
  const cuts = new Set([0, text.length])
  for (const ranges of [whole, links, hosts, hidden, mixed]) {
    for (const { start, end } of ranges) cuts.add(start).add(end)
  }
  const at = [...cuts].filter((cut) => cut >= 0 && cut <= text.length).sort((a, b) => a - b)
  const markAt = walker(whole)
  const linkAt = walker(links)
  const hostAt = walker(hosts)
  const hiddenAt = walker(hidden)
  const mixedAt = walker(mixed)
  return at.slice(0, -1).map((start, index) => ({
    text: text.slice(start, at[index + 1]),
    start,
    hidden: hiddenAt(start),
    link: linkAt(start),
    isHost: hostAt(start) !== null,
    mark: markAt(start),
    isMixed: mixedAt(start) !== null,
  }))
}

/** Which of some ranges, in order and apart from each other, holds a place; asked from the start to the end. */
function walker<Each extends Range>(ranges: readonly Each[]): (at: number) => Each | null {
  let next = 0
  return (at) => {
    while (next < ranges.length && ranges[next]!.end <= at) next += 1
    const range = ranges[next]
    return range && range.start <= at ? range : null
  }
}

const segmenter = new Intl.Segmenter()

/** Marks that begin and end with letters; of two that overlap the first, and of two that begin together the longer. */
function wholeLetters(text: string, marks: readonly TextMark[]): TextMark[] {
  if (marks.length === 0) return []
  const letters = segmenter.segment(text)
  const grown = marks
    .filter(({ start, end }) => start < end && start >= 0 && end <= text.length)
    .map((mark) => ({
      ...mark,
      start: letters.containing(mark.start)?.index ?? mark.start,
      end: endOf(letters.containing(mark.end - 1)) ?? mark.end,
    }))
    .sort((a, b) => a.start - b.start || b.end - a.end)
  const kept: TextMark[] = []
  for (const mark of grown) if (mark.start >= (kept.at(-1)?.end ?? 0)) kept.push(mark)
  return kept
}

const endOf = (letter: Intl.SegmentData | undefined) => letter && letter.index + letter.segment.length

/** Neighbours of which `by` says the same, together. */
export function grouped<Key>(
  segments: readonly Segment[],
  by: (segment: Segment) => Key,
): { key: Key; of: Segment[] }[] {
  const groups: { key: Key; of: Segment[] }[] = []
  for (const segment of segments) {
    const key = by(segment)
    const last = groups.at(-1)
    if (last && last.key === key) last.of.push(segment)
    else groups.push({ key, of: [segment] })
  }
  return groups
}
