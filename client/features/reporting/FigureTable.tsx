import type { ReactNode } from 'react'
import { Panel } from '#client/ui/Panel.tsx'

export type FigureLine = { id: string; name: string; cells: readonly ReactNode[] }

type Props = {
  title: string
  className?: string | undefined
  side?: ReactNode
  /** The first is that of the names. */
  heads: readonly string[]
  lines: readonly FigureLine[]
  foot?: ReactNode
}

/** A panel of a few figures in rows. */
export function FigureTable({ title, className, side, heads, lines, foot }: Props) {
  return (
    <Panel title={title} side={side} isFlush {...(className && { className })}>
      <div className="scrollx">
        <table className="dt" aria-label={title}>
          <thead>
            <tr>
              {heads.map((head, index) => (
                <th key={head} scope="col" className={index > 0 ? 'end' : undefined}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ id, name, cells }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                {cells.map((cell, index) => (
                  <td key={heads[index + 1]} className="end num">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {foot}
    </Panel>
  )
}
