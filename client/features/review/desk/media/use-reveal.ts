import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { call, errorCode } from '#client/api/call.ts'
import { exposureQuery } from '#client/api/exposure.ts'
import type { Sha256 } from '#shared/contract/media.ts'
import { endReveal, type ReviewId, revealMedia } from '#shared/contract/reviews.ts'
import { sendLast } from '../send-last.ts'

/** A failure stays readable after the key was let go; it names the file it belongs to. */
export type Reveal =
  | { kind: 'hidden' }
  | { kind: 'asking' }
  | { kind: 'shown'; src: string }
  | { kind: 'failed'; sha256: Sha256 }

/** Where one press shows and another hides, it hides by itself after so long, in milliseconds. */
export const mostPressMs = 60_000

/** One time that it was asked for, from show to hide. */
type Hold = {
  isHeld: boolean
  fetching: AbortController
  revealId: string | null
  src: string | null
  shownAt: number
  ends?: ReturnType<typeof setTimeout>
}

/**
 * Shows an original for as long as it is asked for. Each time asks for a grant of its own, which the server records before
 * it sends a byte, and tells the server when it ended. `hide`, leaving the window and leaving the review end it at once; bytes that
 * come later are never shown.
 *
 * @param mostMs after which it hides by itself
 */
export function useReveal(reviewId: ReviewId, mostMs?: number) {
  const queryClient = useQueryClient()
  const [reveal, setReveal] = useState<Reveal>({ kind: 'hidden' })
  const current = useRef<Hold | null>(null)

  function show(sha256: Sha256) {
    if (current.current) return
    const hold: Hold = { isHeld: true, fetching: new AbortController(), revealId: null, src: null, shownAt: 0 }
    current.current = hold
    setReveal({ kind: 'asking' })
    fetchOriginal(reviewId, sha256, hold).catch((err) => {
      if (errorCode(err) === 'exposure_budget_reached') recount()
      else if (hold.isHeld) return setReveal({ kind: 'failed', sha256 })
      if (hold.isHeld) setReveal({ kind: 'hidden' })
    })
  }

  async function fetchOriginal(of: ReviewId, sha256: Sha256, hold: Hold) {
    const body = { clientId: crypto.randomUUID(), sha256, variant: 'display' as const }
    const { revealId, url } = await call(revealMedia, { params: { reviewId: of }, body })
    hold.revealId = revealId
    if (!hold.isHeld) return void end(hold).then(recount)
    const response = await fetch(url, { credentials: 'same-origin', cache: 'no-store', signal: hold.fetching.signal })
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    const bytes = await response.blob()
    if (!hold.isHeld) return
    hold.src = URL.createObjectURL(bytes)
    hold.shownAt = performance.now()
    setReveal({ kind: 'shown', src: hold.src })
    if (mostMs !== undefined) hold.ends = setTimeout(hide, mostMs)
  }

  function hide() {
    const hold = current.current
    current.current = null
    setReveal((now) => (now.kind === 'asking' || now.kind === 'shown' ? { kind: 'hidden' } : now))
    if (!hold) return
    hold.isHeld = false
    hold.fetching.abort()
    clearTimeout(hold.ends)
    const wasGranted = hold.revealId !== null
    void end(hold).then(() => wasGranted && recount())
  }

  /** What was seen counts towards the day's budget. */
  function recount() {
    void queryClient.invalidateQueries({ queryKey: exposureQuery.queryKey })
  }

  const hideNow = useEffectEvent(hide)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another review hides what is shown of this one
  useEffect(() => {
    const onHide = () => hideNow()
    addEventListener('blur', onHide)
    addEventListener('pagehide', onHide)
    document.addEventListener('visibilitychange', onHide)
    return () => {
      removeEventListener('blur', onHide)
      removeEventListener('pagehide', onHide)
      document.removeEventListener('visibilitychange', onHide)
      hideNow()
    }
  }, [reviewId])

  return { reveal, show, hide }
}

/** Tells the server once that the original is hidden, and lets go of the bytes. */
function end(hold: Hold): Promise<void> {
  const shownMs = hold.src ? Math.round(performance.now() - hold.shownAt) : 0
  if (hold.src) URL.revokeObjectURL(hold.src)
  const { revealId } = hold
  hold.revealId = null
  hold.src = null
  return revealId ? sendLast(endReveal, { params: { revealId }, body: { shownMs } }) : Promise.resolve()
}
