import type { BulkReply } from '#shared/contract/bulk.ts'
import type { ReviewRow } from '#shared/contract/reviews.ts'
import type { BulkKind } from '#shared/domain/bulk-rules.ts'
import { clearSelection, useSelection } from '../queue/selection.ts'
import type { QueueSearch } from '../queue.search.ts'
import { BulkBar, useChosenCount } from './BulkBar.tsx'
import { BulkDone } from './BulkDone.tsx'
import { BulkPanel } from './BulkPanel.tsx'
import { choiceOf } from './bulk.queries.ts'

/** What the page keeps of a bulk: the act whose panel is open, and the one that was done last. */
export type BulkState = { kind: BulkKind | null; done: { kind: BulkKind; reply: BulkReply } | null }

type Props = {
  search: QueueSearch
  rows: readonly ReviewRow[]
  count: { value: number; exact: boolean } | null
  state: BulkState
  onChange: (state: BulkState) => void
}

/** Above the foot of the list: what is ticked, or what was done to it. */
export function BulkFloat({ search, rows, count, state, onChange }: Props) {
  const isSome = useSelection(({ ticked, all }) => all !== null || ticked.size > 0)
  const { kind, done } = state
  if (done && !isSome) return <BulkDone {...done} onClose={() => onChange({ kind: null, done: null })} />
  if (!isSome) return null
  const mayAll = search.id === undefined
  return (
    <BulkBar
      {...{ rows, count, mayAll }}
      open={kind}
      onAct={(next) => onChange({ kind: next === kind ? null : next, done })}
    />
  )
}

/** Beside the list: the act, and what would come of it. */
export function BulkSide({ search, rows, count, state, onChange }: Props) {
  const { ticked, all } = useSelection()
  const { text } = useChosenCount(count)
  const { kind } = state
  if (kind === null || (!all && ticked.size === 0)) return null
  // A row that changed since it was ticked has shown so: it is taken as it is shown now.
  const shown = new Map(rows.map((row) => [row.id, row]))
  const now = [...ticked.values()].map((row) => ({ ...row, version: shown.get(row.id)?.version ?? row.version }))
  function onDone(reply: BulkReply) {
    clearSelection()
    onChange({ kind: null, done: { kind: kind!, reply } })
  }
  return (
    <BulkPanel
      key={kind}
      kind={kind}
      choice={choiceOf(search, now, all ? all.except : null)}
      value={text}
      onDone={onDone}
      onClose={() => onChange({ ...state, kind: null })}
    />
  )
}
