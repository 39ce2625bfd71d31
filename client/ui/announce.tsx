import { useEffect, useSyncExternalStore } from 'react'

type Said = { text: string; count: number }
type Urgency = 'polite' | 'assertive'

const silence: Record<Urgency, Said> = { polite: { text: '', count: 0 }, assertive: { text: '', count: 0 } }
let said = silence
const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Speaks to screen readers. `assertive` interrupts: for a conflict or a clock about to run out. */
export function announce(text: string, urgency: Urgency = 'polite') {
  said = { ...said, [urgency]: { text, count: said[urgency].count + 1 } }
  for (const listener of listeners) listener()
}

/** The two live regions. On the page once, from the start: a region that arrives with its text is not read. */
export function Announcer() {
  const now = useSyncExternalStore(subscribe, () => said)
  useEffect(
    () => () => {
      said = silence
    },
    [],
  )
  return (
    <div className="vh" style={{ insetBlockStart: 0 }}>
      <div role="status" aria-live="polite">
        <Words {...now.polite} />
      </div>
      <div role="alert" aria-live="assertive">
        <Words {...now.assertive} />
      </div>
    </div>
  )
}

/** A new element each time, so that the same words said twice are heard twice. */
function Words({ text, count }: Said) {
  return text ? <span key={count}>{text}</span> : null
}
