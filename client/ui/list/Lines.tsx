import type { ReactNode } from 'react'
import css from './list.module.css'

/** The two lines of a cell. */
export function Lines({ first, second }: { first: ReactNode; second?: ReactNode }) {
  return (
    <>
      <span className={`${css.first} cut`}>{first}</span>
      <span className={css.second}>{second}</span>
    </>
  )
}
