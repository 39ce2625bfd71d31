import { useEffect, useEffectEvent } from 'react'
import css from './badges.module.css'
import { clockText, useSecondsLeft } from './clock.ts'

/** A ring that empties. `of` and `left` in the same unit. */
export function Ring({ of, left, isLow = false }: { of: number; left: number; isLow?: boolean }) {
  const length = 2 * Math.PI * 6.5
  return (
    <svg className={css.ring} width="16" height="16" aria-hidden>
      <circle cx="8" cy="8" r="6.5" stroke="var(--dk-line-strong)" />
      <circle
        cx="8"
        cy="8"
        r="6.5"
        stroke={isLow ? 'var(--dk-warn-solid)' : 'var(--dk-accent)'}
        strokeDasharray={`${(Math.min(left, of) / of) * length} ${length}`}
        transform="rotate(-90 8 8)"
      />
    </svg>
  )
}

type Props = {
  /** ISO time at which it ends. */
  until: string
  /** Seconds of the whole ring. */
  of: number
  /** What runs out: the timer's name. */
  label: string
  /** Called once, when the time is over. */
  onEnd?: (() => void) | undefined
  /** The figures are drawn in the last minute only: before that they say nothing that matters. */
  isQuiet?: boolean
}

/** A lease running out: ring and minutes:seconds, amber in the last minute. Silent: announce what matters yourself. */
export function Countdown({ until, of, label, onEnd, isQuiet = false }: Props) {
  const left = useSecondsLeft(until)
  const end = useEffectEvent(() => onEnd?.())
  const isOver = left === 0
  useEffect(() => {
    if (isOver) end()
  }, [isOver])
  return (
    <span className="row6 num" role="timer" aria-label={label} aria-live="off" data-low={left < 60 || undefined}>
      <Ring of={of} left={left} isLow={left < 60} />
      {isQuiet && left >= 60 ? null : (
        <bdi className={left < 60 ? 'warn b' : 't3'} dir="ltr">
          {clockText(left)}
        </bdi>
      )}
    </span>
  )
}
