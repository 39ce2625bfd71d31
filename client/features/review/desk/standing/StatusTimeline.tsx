import { useDirection } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#client/ui/format.ts'
import type { AccountStanding } from '#shared/contract/reviews.ts'
import { dayForm, type Moment, type MomentKind, momentsOf } from './moments.ts'
import css from './standing.module.css'

type Props = { account: AccountStanding; postedAt: string | null }

/** Room that a word needs on either side of its mark. */
const edge = 8
/** Width of a letter of these words, and of the gap after a word, in pixels. */
const letter = 5.6
const gap = 10
/** Before it was measured. */
const usualWidth = 336

/** The turning points of an account, evenly spread, in reading direction. */
export function StatusTimeline({ account, postedAt }: Props) {
  const { t } = useTranslation('review')
  const format = useFormat()
  const { ref, width } = useElementSize()
  const isRtl = useDirection().dir === 'rtl'
  const w = width || usualWidth
  const wordOf = ({ kind, at }: Moment) => t(`moment.${kind}`, { day: format.date(at, dayForm(at)) })
  const fits = (some: Moment[]) => some.reduce((sum, moment) => sum + wordOf(moment).length * letter + gap, 0) <= w
  const moments = [4, 3, 2].map((most) => momentsOf(account, postedAt, most)).find(fits) ?? []
  const words = moments.map(wordOf)
  const last = moments.length - 1
  const along = (index: number) => {
    const x = edge + ((w - 2 * edge) * index) / last
    return isRtl ? w - x : x
  }
  const outwards = (index: number) => (index === 0 ? -edge : index === last ? edge : 0) * (isRtl ? -1 : 1)
  const anchorOf = (index: number) => (index === 0 ? 'start' : index === last ? 'end' : 'middle')
  if (last < 1) return null
  return (
    <div ref={ref}>
      <svg
        className={css.timeline}
        width="100%"
        height="34"
        viewBox={`0 0 ${w} 34`}
        direction={isRtl ? 'rtl' : 'ltr'}
        role="img"
        aria-label={words.join(', ')}
      >
        {moments.slice(0, -1).map(({ kind, at }, index) => (
          <path key={at + kind} d={`M${along(index)} 9H${along(index + 1)}`} {...lineOf(kind)} strokeWidth="2" />
        ))}
        {moments.map(({ kind, at }, index) => (
          <g key={at + kind}>
            <Mark kind={kind} x={along(index)} y={9} />
            <text x={along(index) + outwards(index)} y="30" textAnchor={anchorOf(index)}>
              {words[index]}
            </text>
          </g>
        ))}
      </svg>
    </div>
  )
}

/** How the time after a moment is drawn: what stood then. */
function lineOf(kind: MomentKind) {
  if (kind === 'deleted') return { stroke: 'var(--dk-line-strong)', strokeDasharray: '2 4' }
  if (kind === 'blocked') return { stroke: 'var(--dk-bad-solid)' }
  if (kind === 'limited') return { stroke: 'var(--dk-warn-solid)' }
  return { stroke: 'var(--dk-line-strong)' }
}

/** Shape says what colour says: plus opening, bar block, half disc limit, dashed cross deletion, ring for the rest. */
function Mark({ kind, x, y }: { kind: MomentKind; x: number; y: number }) {
  if (kind === 'opened' || kind === 'seen')
    return (
      <g>
        <circle cx={x} cy={y} r="6" fill="var(--dk-note-solid)" />
        <path d={`M${x - 3} ${y}h6M${x} ${y - 3}v6`} stroke="#fff" strokeWidth="1.6" />
      </g>
    )
  if (kind === 'blocked')
    return (
      <g>
        <circle cx={x} cy={y} r="6" fill="var(--dk-bad-solid)" />
        <path d={`M${x - 3} ${y}h6`} stroke="#fff" strokeWidth="2" />
      </g>
    )
  if (kind === 'deleted')
    return (
      <g>
        <circle
          cx={x}
          cy={y}
          r="6"
          fill="var(--dk-surface)"
          stroke="var(--dk-gone-solid)"
          strokeWidth="1.6"
          strokeDasharray="2.5 2"
        />
        <path d={`M${x - 2.5} ${y - 2.5}l5 5m0-5l-5 5`} stroke="var(--dk-text-2)" strokeWidth="1.5" />
      </g>
    )
  if (kind === 'limited')
    return (
      <g>
        <circle cx={x} cy={y} r="5.2" fill="var(--dk-surface)" stroke="var(--dk-warn-solid)" strokeWidth="1.6" />
        <path d={`M${x} ${y - 5}a5 5 0 0 1 0 10z`} fill="var(--dk-warn-solid)" />
      </g>
    )
  if (kind === 'active') return <circle cx={x} cy={y} r="5" fill="var(--dk-ok-solid)" />
  return <circle cx={x} cy={y} r="4.2" fill="var(--dk-surface)" stroke="var(--dk-text-3)" strokeWidth="1.6" />
}
