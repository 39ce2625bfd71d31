import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import type { LivePresence } from '#shared/contract/live.ts'
import { tellPresence } from '#shared/contract/presence.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { call } from './call.ts'
import { useLive } from './live.ts'
import { forgetOnSignOut } from './session.ts'

/*
 * Who is at work, and on what. Each page says every few seconds that it is there and which review it shows; the live
 * stream brings what the others said, cut to what this person may see.
 */

/** Milliseconds between two signs of life. The server forgets a page after two and a half times as long. */
const beatMs = 12_000

/** Milliseconds after the last sign of use at which nobody is taken to look any more. */
const awayMs = 5 * 60_000
const signsOfUse = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove'] as const

/** One page, for as long as it is loaded. */
const pageId = crypto.randomUUID()

type People = ReadonlyMap<string, readonly string[]>

/** By person: the reviews on their screens. */
let people: People = new Map()
/** By review: who looks at it, by id. */
let viewers: ReadonlyMap<string, readonly string[]> = new Map()
const watchers = new Set<() => void>()

function keep(next: People) {
  people = next
  const byReview = new Map<string, readonly string[]>()
  for (const [id, reviewIds] of next) {
    for (const reviewId of reviewIds) byReview.set(reviewId, [...(byReview.get(reviewId) ?? []), id].sort())
  }
  // Whoever looks at a review sees no change where there is none.
  for (const [reviewId, ids] of byReview) {
    const before = viewers.get(reviewId)
    if (before?.join() === ids.join()) byReview.set(reviewId, before)
  }
  viewers = byReview
  for (const watch of watchers) watch()
}

/** Takes in what the stream told. */
export function hearPresence(presence: LivePresence | null) {
  const { isWhole, people: present, gone } = presence ?? { isWhole: true, people: [], gone: [] }
  const next = new Map(isWhole ? [] : people)
  for (const { id, reviewIds } of present) next.set(id, reviewIds)
  for (const id of gone) next.delete(id)
  keep(next)
}

forgetOnSignOut(() => keep(new Map()))

function watch(onChange: () => void) {
  watchers.add(onChange)
  return () => void watchers.delete(onChange)
}

const nobody: readonly string[] = []

/** Everybody at work, this person among them. */
export function usePresent(): People {
  return useSyncExternalStore(watch, () => people)
}

/** Who has this review on the screen, this person among them. */
export function useViewers(reviewId: string): readonly string[] {
  return useSyncExternalStore(watch, () => viewers.get(reviewId) ?? nobody)
}

let onScreen: ReviewId | null = null
let tellNow: (() => void) | null = null

/** Says that this review is on the screen while the component is. */
export function useViewing(reviewId: ReviewId) {
  useEffect(() => {
    onScreen = reviewId
    tellNow?.()
    return () => {
      if (onScreen !== reviewId) return
      onScreen = null
      // The next review says so itself in the same moment.
      queueMicrotask(() => onScreen === null && tellNow?.())
    }
  }, [reviewId])
}

/** Says every few seconds that this page is there, and hears of the others. Once in the app, around everything. */
export function usePresence() {
  useLive({ onPresence: hearPresence })
  const tell = useEffectEvent(() => {
    if (document.hidden || !navigator.onLine) return
    // Nobody is told of a sign that was lost: the next one follows.
    void call(tellPresence, { body: { pageId, reviewId: onScreen } }).catch(() => {})
  })
  useEffect(() => {
    let soon = 0
    let usedAt = Date.now()
    // A hand that leafs through reviews says it once.
    const tellSoon = () => {
      clearTimeout(soon)
      soon = window.setTimeout(() => tell(), 150)
    }
    tellNow = tellSoon
    tellSoon()
    const beat = window.setInterval(() => Date.now() - usedAt < awayMs && tell(), beatMs)
    const onUse = () => {
      const wasAway = Date.now() - usedAt >= awayMs
      usedAt = Date.now()
      if (wasAway) tellSoon()
    }
    for (const sign of signsOfUse) addEventListener(sign, onUse, { passive: true })
    document.addEventListener('visibilitychange', tellSoon)
    return () => {
      clearTimeout(soon)
      clearInterval(beat)
      document.removeEventListener('visibilitychange', tellSoon)
      for (const sign of signsOfUse) removeEventListener(sign, onUse)
      tellNow = null
    }
  }, [])
}
