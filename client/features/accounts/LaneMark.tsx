import { outcomeTone } from '#client/theme.ts'
import type { AccountMoment } from '#shared/contract/accounts.ts'
import type { AccountStatus } from '#shared/domain/words.ts'

/** How the time under a status is drawn. */
export function lineOf(status: AccountStatus) {
  if (status === 'active') return { stroke: 'var(--dk-ok-solid)' }
  if (status === 'limited') return { stroke: 'var(--dk-warn-solid)' }
  if (status === 'blocked') return { stroke: 'var(--dk-bad-solid)' }
  if (status === 'deleted') return { stroke: 'var(--dk-gone-solid)', strokeDasharray: '2 5' }
  return { stroke: 'var(--dk-line-strong)' }
}

type Props = { moment: AccountMoment; x: number; y: number; children: string }

/** Shape says what colour says: plus opening, bar block, dashed cross deletion, ring post, diamond flags, disc decision,
 * triangle appeal. */
export function LaneMark({ moment, x, y, children }: Props) {
  return (
    <g>
      <title>{children}</title>
      <Shape moment={moment} x={x} y={y} />
    </g>
  )
}

function Shape({ moment, x, y }: Omit<Props, 'children'>) {
  if (moment.kind === 'post') return <circle cx={x} cy={y} r="4.5" {...hollow('var(--dk-text-3)')} />
  if (moment.kind === 'flags') {
    const isOrder = moment.sources.includes('removal_order')
    const fill = isOrder ? 'var(--dk-bad-solid)' : 'var(--dk-warn-solid)'
    return <path d={`M${x} ${y - 6}l6 6-6 6-6-6z`} fill={fill} stroke="var(--dk-surface)" />
  }
  if (moment.kind === 'appeal') {
    const ink = moment.outcome === 'upheld' || !moment.outcome ? 'var(--dk-gone-solid)' : 'var(--dk-ok-solid)'
    return <path d={`M${x} ${y - 6}l6 11h-12z`} fill={ink} stroke="var(--dk-surface)" />
  }
  if (moment.kind === 'decision') {
    return <circle cx={x} cy={y} r="5.5" fill={inkOf(moment)} stroke="var(--dk-surface)" />
  }
  if (moment.kind === 'opened') {
    return (
      <>
        <circle cx={x} cy={y} r="6.5" fill="var(--dk-note-solid)" />
        <path d={`M${x - 3.5} ${y}h7M${x} ${y - 3.5}v7`} stroke="#fff" strokeWidth="1.8" />
      </>
    )
  }
  if (moment.status === 'blocked') {
    return (
      <>
        <circle cx={x} cy={y} r="7" fill="var(--dk-bad-solid)" />
        <path d={`M${x - 3.5} ${y}h7`} stroke="#fff" strokeWidth="2.2" />
      </>
    )
  }
  if (moment.status === 'deleted') {
    return (
      <>
        <circle cx={x} cy={y} r="7" {...hollow('var(--dk-gone-solid)')} strokeDasharray="2.5 2" />
        <path d={`M${x - 3} ${y - 3}l6 6m0-6l-6 6`} stroke="var(--dk-text-2)" strokeWidth="1.5" />
      </>
    )
  }
  if (moment.status === 'limited') {
    return (
      <>
        <circle cx={x} cy={y} r="6" {...hollow('var(--dk-warn-solid)')} />
        <path d={`M${x} ${y - 6}a6 6 0 0 1 0 12z`} fill="var(--dk-warn-solid)" />
      </>
    )
  }
  const ink = moment.status === 'active' ? 'var(--dk-ok-solid)' : 'var(--dk-gone-solid)'
  return <path d={`M${x - 5} ${y - 5}h10v10h-10z`} fill={ink} stroke="var(--dk-surface)" />
}

const hollow = (stroke: string) => ({ fill: 'var(--dk-surface)', stroke, strokeWidth: 1.7 })

function inkOf({ outcome, postMeasure }: Extract<AccountMoment, { kind: 'decision' }>) {
  if (outcome === 'violation' && postMeasure === null) return 'var(--dk-bad-solid)'
  const tone = outcomeTone[outcome === 'no_violation' ? 'keep' : outcome === 'exempt' ? 'exempt' : postMeasure!]
  return tone === 'accent' ? 'var(--dk-accent)' : `var(--dk-${tone}-solid)`
}
