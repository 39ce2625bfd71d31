import type { QueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import {
  followChanges,
  type LiveChanges,
  type LivePresence,
  type LiveReset,
  type LiveReview,
  liveMessages,
} from '#shared/contract/live.ts'
import { addressOf } from './call.ts'
import { sessionKey } from './session.ts'

/*
 * One stream of changes for the whole app, while somebody is signed in and looks. What was missed is told when it is
 * back: it resumes after the last message it heard.
 */

export type LiveListener = {
  /** Reviews and accounts that are not any more as they were read. */
  onChanges?: (changes: LiveChanges) => void
  /** Not everything was told: whatever is on the screen may be old. */
  onReset?: (reason: LiveReset['reason']) => void
  /** Who is there, or what of it changed; null where nothing of it is known any more. */
  onPresence?: (presence: LivePresence | null) => void
}

/** Milliseconds without a message after which the stream counts as dead: the server speaks every fifteen seconds. */
const deadMs = 40_000
/** Milliseconds a page may be hidden before its stream is closed: browsers have few connections to give. */
const hiddenMs = 30_000
/** Milliseconds without a stream before anybody is told: most breaks mend themselves. */
const graceMs = 4_000
/** Milliseconds between two looks at what changed, while there is no stream. */
const pollMs = 30_000
const againMs = { least: 2_000, most: 30_000 }

/** What a review's version rises with; everything else that happens to it leaves the version alone. */
const versioned = new Set([
  'review.opened',
  'review.claimed',
  'review.released',
  'review.decided',
  'review.snapshot_changed',
  'lease.expired',
])

/** Whether what was read at a version says all that is told: our own doing, told back to us. */
export function isKnown({ version, kinds }: LiveReview, read: { version: number }): boolean {
  return version <= read.version && kinds.every((kind) => versioned.has(kind))
}

const listeners = new Set<LiveListener>()
const watchers = new Set<() => void>()

/** Since when nothing is told; null while it is, or where it never was, as in an old browser. */
let offSince: Date | null = null
let retry: (() => void) | null = null

function tell(since: Date | null) {
  if (offSince?.getTime() === since?.getTime()) return
  offSince = since
  for (const watch of watchers) watch()
}

type Said = { changes: LiveChanges } | { reset: LiveReset['reason'] } | { presence: LivePresence | null }

function notify(said: Said) {
  for (const listener of listeners) {
    if ('changes' in said) listener.onChanges?.(said.changes)
    else if ('presence' in said) listener.onPresence?.(said.presence)
    else listener.onReset?.(said.reset)
  }
}

/** Follows the changes until the returned function is called. */
export function followLive(queryClient: QueryClient): () => void {
  if (typeof EventSource === 'undefined') return () => {}
  let source: EventSource | null = null
  let heard = ''
  let failures = 0
  let brokenAt: Date | null = null
  const timers = { dead: 0, hidden: 0, again: 0, grace: 0 }

  function open() {
    close()
    const url = addressOf(followChanges, { query: heard ? { after: heard } : {} })
    source = new EventSource(url)
    for (const name of ['changes', 'reset', 'presence', 'beat'] as const) {
      source.addEventListener(name, (event) => hear(name, event as MessageEvent<string>))
    }
    source.onerror = () => {
      broken()
      // It tries again by itself unless it was refused; who is refused may be signed out.
      if (source?.readyState !== EventSource.CLOSED) return
      void queryClient.invalidateQueries({ queryKey: sessionKey })
      openLater()
    }
    watchSilence()
  }
  function close() {
    for (const name of ['dead', 'hidden', 'again'] as const) clearTimeout(timers[name])
    if (source) notify({ presence: null })
    source?.close()
    source = null
  }
  function openLater() {
    close()
    const wait = Math.min(againMs.most, againMs.least * 2 ** failures) * (0.75 + Math.random() / 2)
    failures += 1
    timers.again = window.setTimeout(open, wait)
    sayLater()
  }
  function watchSilence() {
    clearTimeout(timers.dead)
    timers.dead = window.setTimeout(() => {
      broken()
      open()
    }, deadMs)
  }
  function broken() {
    brokenAt ??= new Date()
    sayLater()
  }
  function sayLater() {
    clearTimeout(timers.grace)
    timers.grace = window.setTimeout(() => tell(brokenAt), graceMs)
  }
  function hear(name: keyof typeof liveMessages, { data, lastEventId }: MessageEvent<string>) {
    if (lastEventId) heard = lastEventId
    failures = 0
    brokenAt = null
    clearTimeout(timers.grace)
    tell(null)
    watchSilence()
    const message = liveMessages[name].safeParse(JSON.parse(data))
    // A newer server may say what this page does not understand.
    if (!message.success) return notify({ reset: 'gap' })
    if (name === 'changes') notify({ changes: message.data as LiveChanges })
    if (name === 'presence') notify({ presence: message.data as LivePresence })
    if (name === 'reset') notify({ reset: (message.data as LiveReset).reason })
  }
  function onVisibility() {
    clearTimeout(timers.hidden)
    if (document.hidden) timers.hidden = window.setTimeout(close, hiddenMs)
    else if (!source) open()
  }
  function onOnline() {
    failures = 0
    open()
  }
  function onOffline() {
    broken()
    tell(brokenAt)
  }

  open()
  retry = onOnline
  const poll = window.setInterval(() => {
    if (offSince && navigator.onLine && !document.hidden) notify({ reset: 'gap' })
  }, pollMs)
  document.addEventListener('visibilitychange', onVisibility)
  addEventListener('online', onOnline)
  addEventListener('offline', onOffline)
  return () => {
    close()
    clearTimeout(timers.grace)
    clearInterval(poll)
    document.removeEventListener('visibilitychange', onVisibility)
    removeEventListener('online', onOnline)
    removeEventListener('offline', onOffline)
    retry = null
    tell(null)
  }
}

/** Hears of changes while the component is on screen. */
export function useLive(listener: LiveListener) {
  const onChanges = useEffectEvent((changes: LiveChanges) => listener.onChanges?.(changes))
  const onReset = useEffectEvent((reason: LiveReset['reason']) => listener.onReset?.(reason))
  const onPresence = useEffectEvent((presence: LivePresence | null) => listener.onPresence?.(presence))
  useEffect(() => {
    const own: LiveListener = {
      onChanges: (changes) => onChanges(changes),
      onReset: (reason) => onReset(reason),
      onPresence: (presence) => onPresence(presence),
    }
    listeners.add(own)
    return () => void listeners.delete(own)
  }, [])
}

/** Since when nothing is heard of changes; null while all is well. */
export function useOffline(): Date | null {
  return useSyncExternalStore(
    (watch) => {
      watchers.add(watch)
      return () => void watchers.delete(watch)
    },
    () => offSince,
  )
}

/** Tries at once instead of waiting for the next attempt. */
export function tryLiveAgain() {
  retry?.()
}
