import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { call } from '#client/api/call.ts'
import type { Sha256 } from '#shared/contract/media.ts'
import { endReveal, type ReviewId, revealMedia } from '#shared/contract/reviews.ts'
import { sendLast } from '../send-last.ts'

/** A failure stays readable after the key was let go; it names the file it belongs to. */
export type Reveal =
  | { kind: 'hidden' }
  | { kind: 'asking' }
  | { kind: 'shown'; src: string }
  | { kind: 'failed'; sha256: Sha256 }

/** One press, from down to up. */
type Hold = { isHeld: boolean; fetching: AbortController; revealId: string | null; src: string | null; shownAt: number }

/**
 * Shows an original for as long as it is asked for. Each hold asks for a grant of its own, which the server records before
 * it sends a byte, and tells the server when it ended. Letting go, leaving the window and `hide` end it at once; bytes that
 * come later are never shown.
 */
export function useReveal(reviewId: ReviewId) {
  const [reveal, setReveal] = useState<Reveal>({ kind: 'hidden' })
  const current = useRef<Hold | null>(null)

  function show(sha256: Sha256) {
    if (current.current) return
    const hold: Hold = { isHeld: true, fetching: new AbortController(), revealId: null, src: null, shownAt: 0 }
    current.current = hold
    setReveal({ kind: 'asking' })
    fetchOriginal(reviewId, sha256, hold).catch(() => {
      if (hold.isHeld) setReveal({ kind: 'failed', sha256 })
    })
  }

  async function fetchOriginal(of: ReviewId, sha256: Sha256, hold: Hold) {
    const body = { clientId: crypto.randomUUID(), sha256, variant: 'display' as const }
    const { revealId, url } = await call(revealMedia, { params: { reviewId: of }, body })
    hold.revealId = revealId
    if (!hold.isHeld) return end(hold)
    const response = await fetch(url, { credentials: 'same-origin', cache: 'no-store', signal: hold.fetching.signal })
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    const bytes = await response.blob()
    if (!hold.isHeld) return
    hold.src = URL.createObjectURL(bytes)
    hold.shownAt = performance.now()
    setReveal({ kind: 'shown', src: hold.src })
  }

  function hide() {
    const hold = current.current
    current.current = null
    setReveal((now) => (now.kind === 'asking' || now.kind === 'shown' ? { kind: 'hidden' } : now))
    if (!hold) return
    hold.isHeld = false
    hold.fetching.abort()
    end(hold)
  }

  const hideNow = useEffectEvent(hide)
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
  }, [])

  return { reveal, show, hide }
}

/** Tells the server once that the original is hidden, and lets go of the bytes. */
function end(hold: Hold) {
  const shownMs = hold.src ? Math.round(performance.now() - hold.shownAt) : 0
  if (hold.src) URL.revokeObjectURL(hold.src)
  if (hold.revealId) sendLast(endReveal, { params: { revealId: hold.revealId }, body: { shownMs } })
  hold.revealId = null
  hold.src = null
}
