import { type ReactNode, useId } from 'react'

type Props = {
  title: ReactNode
  side?: ReactNode
  children: ReactNode
  /** The content brings its own inset: a table, a list. */
  isFlush?: boolean
  className?: string
}

export function Panel({ title, side, children, isFlush = false, className = '' }: Props) {
  const id = useId()
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <div className="panelHead">
        <h2 className="cut" id={id}>
          {title}
        </h2>
        {side ? <div className="row push">{side}</div> : null}
      </div>
      {isFlush ? children : <div className="panelBody">{children}</div>}
    </section>
  )
}
