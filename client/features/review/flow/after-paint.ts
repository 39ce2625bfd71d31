/** A page that is not looked at draws nothing: then a moment is waited, in milliseconds. */
const mostMs = 100

/** Runs once what was changed is on the screen. */
export function afterPaint(run: () => void) {
  let isDone = false
  const once = () => {
    if (isDone) return
    isDone = true
    run()
  }
  setTimeout(once, mostMs)
  // Behind the next frame, not before it.
  requestAnimationFrame(() => setTimeout(once))
}
