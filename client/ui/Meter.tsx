import css from './Meter.module.css'

type Props = { value: number; of: number; label?: string | undefined; tone?: string | undefined }

/** A thin bar. With a label it is a meter of its own; without one it only repeats a figure beside it. */
export function Meter({ value, of, label, tone = 'accent' }: Props) {
  const share = Math.min(1, Math.max(0, value) / of)
  const bar = <span style={{ width: `${share * 100}%`, background: `var(--dk-${tone})` }} />
  if (!label) {
    return (
      <div className={css.meter} aria-hidden>
        {bar}
      </div>
    )
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers draw a meter element as they like
    <div
      className={css.meter}
      role="meter"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={0}
      aria-valuemax={of}
    >
      {bar}
    </div>
  )
}
