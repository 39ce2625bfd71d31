import css from './charts.module.css'
import type { Part } from './StackedBars.tsx'

/** In the order in which the parts stand, from the bottom up. */
export function Legend({ parts }: { parts: readonly Part[] }) {
  return (
    <ul className={css.legend}>
      {parts.map(({ name, color }) => (
        <li key={name}>
          <i style={{ background: color }} aria-hidden />
          {name}
        </li>
      ))}
    </ul>
  )
}
