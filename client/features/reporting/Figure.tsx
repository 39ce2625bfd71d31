import { Drill } from '#client/ui/links.tsx'
import type { FigureName, Report } from '#shared/contract/reports.ts'
import { type Of, rowsOf } from './reports.search.ts'

type Props = { report: Report; figure: FigureName; of?: Of; shown: string; label?: string }

/** A figure that opens the rows it was counted from; nothing, where there is none. */
export function Figure({ report, figure, of, shown, label }: Props) {
  if (shown === '') return null
  return (
    <Drill to="/reports/rows" search={rowsOf(report, figure, of)} preload={false} aria-label={label}>
      {shown}
    </Drill>
  )
}
