const size = { width: 76, height: 22 }

/** The run of a figure without any scale: what it says stands in the charts below. Gaps are days without a value. */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const known = values.flatMap((value) => value ?? [])
  const [low, high] = [Math.min(...known), Math.max(...known)]
  if (known.length < 2 || low === high) return null
  const { width, height } = size
  const x = (index: number) => ((index / (values.length - 1)) * (width - 2) + 1).toFixed(1)
  const y = (value: number) => (height - 2 - ((value - low) / (high - low)) * (height - 4)).toFixed(1)
  const path = values
    .map((value, index) => {
      if (value === null) return ''
      return `${index > 0 && values[index - 1] !== null ? 'L' : 'M'}${x(index)} ${y(value)}`
    })
    .join('')
  return (
    <svg width={width} height={height} aria-hidden>
      <path
        d={path}
        fill="none"
        stroke="var(--dk-text-3)"
        strokeWidth="1.3"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  )
}
