import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** One timer for every clock on the page, stopped while there is none. */
function subscribe(listener: () => void) {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const each of listeners) each()
  }, 1_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/**
 * A value that depends on the time, read again every second. Only the component that uses it renders again, and only
 * when the value changed: return text or a number, not a new object.
 */
export function useClock<Value extends string | number | boolean | null>(read: (now: number) => Value): Value {
  return useSyncExternalStore(subscribe, () => read(Date.now()))
}

/** Whole seconds until `at` (an ISO time), zero once it is past. */
export function useSecondsLeft(at: string): number {
  const end = Date.parse(at)
  return useClock((now) => Math.max(0, Math.ceil((end - now) / 1_000)))
}

/** `4:12`; hours only when there are any. */
export function clockText(seconds: number): string {
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}
