import type { FormWord, Place } from './compile.ts'
import { blanks, readingsOf } from './disguises.ts'
import type { Tail } from './endings.ts'
import { type Kind, kinds, type Letters } from './letters.ts'

/** How the letters are held apart: not at all, here and there by signs, each by signs, each by a space. */
const gaps = { none: 0, some: 1, signs: 2, spaces: 3 } as const
type Gap = (typeof gaps)[keyof typeof gaps]

/** One way of reading the text so far. */
type State = {
  /** Among the stems, or past one among its endings. */
  place: Place | null
  word: FormWord | null
  tail: Tail | null
  gap: Gap
  /** Signs or spaces since the last letter. */
  apart: number
  /** Letters since the last gap. */
  together: number
  gapCount: number
  /** Letters read as themselves, those left out, and digits or signs read as letters; the rest stood for another. */
  own: number
  blank: number
  figures: number
  /** The last sign is one that ends sentences as well: a letter must follow. */
  isLoose: boolean
  /** Two letters stood together somewhere. */
  isTied: boolean
  isDisguised: boolean
  last: string
  /** Times that the last letter was repeated; 2 is twice or more. */
  repeats: number
  isDoubled: boolean
}

export type Hit = { end: number; termId: string; isDisguised: boolean }

/** Enough for any honest reading; more is noise made to cost time. */
const mostStates = 60
/** Characters looked at from where a word begins. */
const longest = 400

/** The longest term that begins at a letter, or null. */
export function walkFrom(letters: Letters, start: number, root: Place): Hit | null {
  const first: State = {
    place: root,
    word: null,
    tail: null,
    gap: gaps.none,
    apart: 0,
    together: 0,
    gapCount: 0,
    own: 0,
    blank: 0,
    figures: 0,
    isLoose: false,
    isTied: false,
    isDisguised: false,
    last: '',
    repeats: 0,
    isDoubled: false,
  }
  let best: Hit | null = null
  let states = [first]
  const most = Math.min(letters.chars.length, start + longest)
  for (let at = start; at < most && states.length > 0; at += 1) {
    const after: State[] = []
    for (const state of states) step(state, letters, at, after)
    states = after.length > 1 ? distinct(after) : after
    for (const state of states) best = better(best, hitOf(state, letters, at + 1))
  }
  return best
}

function step(state: State, letters: Letters, at: number, after: State[]) {
  const char = letters.chars[at]!
  const kind = letters.kinds[at]!
  const isFirst = state.last === '' && state.place !== null && state.blank === 0
  if (kind !== kinds.space) readLetter(state, char, kind, isFirst, after)
  if (isFirst || kind === kinds.letter) return
  if (blanks.has(char)) leaveOut(state, after)
  if (kind === kinds.space) goOn(state, after)
  if (kind !== kinds.digit) part(state, kind === kinds.space, char, after)
}

/** They end sentences: neither the first nor the last letter of a word. */
const loose = new Set(['!', '|'])

function readLetter(state: State, char: string, kind: Kind, isFirst: boolean, after: State[]) {
  const gap = gapAfter(state)
  if (gap === null || (isFirst && loose.has(char))) return
  const isFigure = kind !== kinds.letter
  const isRepeated = char === state.last && state.apart === 0 && gap === gaps.none
  if (isRepeated && !isFigure) after.push({ ...state, repeats: Math.min(2, state.repeats + 1), isDisguised: true })
  const together = state.apart > 0 || isFirst ? 1 : state.together + 1
  for (const { letter, isOwn } of readingsOf(char)) {
    if (isOwn && kind === kinds.sign) continue
    const read = (state: State): State => ({
      ...state,
      gap,
      apart: 0,
      together,
      own: state.own + (isOwn ? 1 : 0),
      figures: state.figures + (isOwn || !isFigure ? 0 : 1),
      isLoose: !isOwn && (kind === kinds.digit || loose.has(char)),
      isTied: state.isTied || together > 1,
      isDisguised: state.isDisguised || !isOwn,
      last: char,
      repeats: 0,
      isDoubled: state.isDoubled || state.repeats === 1,
    })
    const next = isSpelling(state) ? undefined : state.place?.next.get(letter)
    if (next) arrive(read(state), next, after)
    // A letter doubled where the stem ends is a matter of spelling, and so are the first and н (странное, введут).
    if (state.tail && state.repeats !== 1) follow(state, state.tail, letter, read, after)
  }
}

function isSpelling({ repeats, last, own, blank, figures }: State) {
  return repeats === 1 && (last === 'н' || own + blank + figures === 1)
}

/** To a place among the stems: where one ends, its endings may follow. */
function arrive(state: State, place: Place, after: State[]) {
  if (place.next.size > 0) after.push({ ...state, place, word: null, tail: null })
  for (const word of place.words) after.push({ ...state, place: null, word, tail: word.tail })
}

function follow(state: State, tail: Tail, letter: string, read: (state: State) => State, after: State[]) {
  if (tail.isAny && /[\p{L}\p{M}]/v.test(letter)) after.push({ ...read(state), tail })
  const next = tail.next.get(letter)
  if (next) after.push({ ...read(state), tail: next })
  for (const other of tail.also) follow(state, other, letter, read, after)
}

/** How the letters stand apart once another is read here; null when no word is written so. */
function gapAfter({ gap, apart, gapCount, tail }: State): Gap | null {
  if (apart > 0 || gap === gaps.none || gap === gaps.some) return gap
  // Each stood alone so far, and this one does not.
  if (gap === gaps.spaces || tail) return null
  return gapCount > 3 ? null : gaps.some
}

/** A sign in place of a letter of the stem. */
function leaveOut(state: State, after: State[]) {
  if (!state.place || state.gap >= gaps.signs || state.blank >= 3) return
  for (const next of state.place.next.values()) {
    arrive({ ...state, apart: 0, blank: state.blank + 1, isLoose: true, isDisguised: true, last: '' }, next, after)
  }
}

/** From one word of a form to the next. */
function goOn(state: State, after: State[]) {
  const next = state.word?.next
  if (!next || !isEnd(state.tail) || state.gap !== gaps.none) return
  after.push({ ...state, place: next, word: null, tail: null, last: '', together: 0 })
}

const partingSigns = new Set([...".-_'’`()[]|~^·•‐–—?"])

/** A sign or a space between two letters of one word. */
function part(state: State, isSpace: boolean, char: string, after: State[]) {
  if (state.apart >= 3 || (state.place && state.together === 0)) return
  const isAlone = state.together === 1 && (state.own + state.blank === 1 || state.gap >= gaps.signs)
  const counted = {
    ...state,
    apart: state.apart + 1,
    gapCount: state.gapCount + (state.apart === 0 ? 1 : 0),
    isDisguised: true,
  }
  const single = isSpace ? gaps.spaces : gaps.signs
  if (state.apart > 0 && (state.gap === gaps.spaces) !== isSpace) return
  if (state.repeats === 0 && (state.gap === single || (isAlone && state.gap === gaps.none))) {
    after.push({ ...counted, gap: single })
  }
  if (isSpace || !state.place || !partingSigns.has(char) || state.gap === gaps.signs || state.gapCount > 2) return
  after.push({ ...counted, gap: gaps.some })
}

function isEnd(tail: Tail | null): boolean {
  return tail?.isEnd === true
}

/** What was read up to here, if it is a term and the word ends here. */
function hitOf(state: State, letters: Letters, end: number): Hit | null {
  const { word, tail, apart, isLoose } = state
  if (!word || word.next || !isEnd(tail) || apart > 0 || isLoose) return null
  const { [end - 1]: last, [end]: after } = letters.kinds
  if (after === kinds.letter || (after === kinds.digit && last === kinds.digit)) return null
  if (goesOnApart(state, letters, end)) return null
  return isClear(state, word) ? { end, termId: word.termId, isDisguised: state.isDisguised } : null
}

/** t a g u t o: more single letters follow. */
function goesOnApart({ gap }: State, { kinds: kindOf }: Letters, end: number) {
  if (gap !== gaps.spaces && gap !== gaps.signs) return false
  const between = gap === gaps.spaces ? kinds.space : kinds.sign
  return kindOf[end] === between && kindOf[end + 1] === kinds.letter && kindOf[end + 2] !== kinds.letter
}

/** Short words bear less disguise: what is left of them would be half of all words. */
function isClear({ own, blank, figures, gap, repeats, isTied, isDoubled, isDisguised }: State, word: FormWord) {
  if (!isDisguised) return true
  if (word.isNumber || word.letters < 3 || own === 0 || repeats === 1) return false
  if (blank > 0 && (own < 3 || !isTied || word.firm < 4 || blank > word.firm / 3)) return false
  if (figures > 0 && (gap !== gaps.none || figures > word.letters / 2)) return false
  if (gap === gaps.some && word.letters < 4) return false
  return !isDoubled || word.letters >= 5
}

function better(best: Hit | null, hit: Hit | null): Hit | null {
  if (!best || !hit) return best ?? hit
  if (hit.end !== best.end) return hit.end > best.end ? hit : best
  return best.isDisguised && !hit.isDisguised ? hit : best
}

function distinct(states: State[]): State[] {
  const kept: State[] = []
  for (const state of states)
    if (kept.length < mostStates && !kept.some((other) => isSame(state, other))) kept.push(state)
  return kept
}

function isSame(a: State, b: State) {
  return (
    a.place === b.place &&
    a.tail === b.tail &&
    a.word === b.word &&
    a.gap === b.gap &&
    a.apart === b.apart &&
    a.together === b.together &&
    a.blank === b.blank &&
    a.own === b.own &&
    a.figures === b.figures &&
    a.isLoose === b.isLoose &&
    a.isTied === b.isTied &&
    a.last === b.last &&
    a.repeats === b.repeats &&
    a.isDoubled === b.isDoubled &&
    a.isDisguised === b.isDisguised
  )
}
