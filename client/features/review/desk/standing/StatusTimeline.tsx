import { Popover, useDirection } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#client/ui/format.ts'
import { StatusBadge } from '#client/ui/StatusBadge.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { AccountStanding } from '#shared/contract/reviews.ts'
import { TextButton } from '../TextButton.tsx'
import { type Moment, type MomentKind, momentsOf } from './moments.ts'
import css from './standing.module.css'

type Props = { account: AccountStanding; postedAt: string | null }

/** The turning points of an account, evenly spread, in reading direction; all changes with cause and source behind a button. */
export function StatusTimeline({ account, postedAt }: Props) {
  const { t } = useTranslation('review')
  const format = useFormat()
  const moments = momentsOf(account, postedAt)
  const words = moments.map(({ kind, at }) => t(`moment.${kind}`, { day: format.date(at, 'day') }))
  if (moments.length === 0) return null
  return (
    <div>
      {moments.length > 1 ? <Line moments={moments} words={words} /> : <p className="xs t2">{words[0]}</p>}
      {account.history.length > 0 ? <History account={account} /> : null}
    </div>
  )
}

/** Room that a word needs on either side of its mark. */
const edge = 8

function Line({ moments, words }: { moments: Moment[]; words: string[] }) {
  const { ref, width } = useElementSize()
  const isRtl = useDirection().dir === 'rtl'
  const w = width || 336
  const last = moments.length - 1
  const along = (index: number) => {
    const x = edge + ((w - 2 * edge) * index) / last
    return isRtl ? w - x : x
  }
  const anchorOf = (index: number) => (index === 0 ? 'start' : index === last ? 'end' : 'middle')
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
        {moments.slice(1).map((moment, index) => (
          <path
            key={moment.at + moment.kind}
            d={`M${along(index)} 9H${along(index + 1)}`}
            {...lineOf(moments[index]!.kind)}
            strokeWidth="2"
          />
        ))}
        {moments.map((moment, index) => (
          <g key={moment.at + moment.kind}>
            <Mark kind={moment.kind} x={along(index)} y={9} />
            <text
              x={along(index) + (index === 0 ? -edge : index === last ? edge : 0) * (isRtl ? -1 : 1)}
              y="30"
              textAnchor={anchorOf(index)}
            >
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

function History({ account }: { account: AccountStanding }) {
  const { t } = useTranslation('review')
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover opened={isOpen} onChange={setOpen} width={320} position="bottom-start" returnFocus trapFocus={false}>
      <Popover.Target>
        <TextButton onClick={() => setOpen(!isOpen)}>
          {t('account.history', { count: account.history.length })}
        </TextButton>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={t('account.historyTitle')}>
        <ol className={css.history}>
          {account.history.toReversed().map((change) => (
            <li key={change.since + change.status}>
              <StatusBadge status={change.status} bare />
              <span className="col">
                <span>
                  <DateTime at={change.since} />
                </span>
                <span className="t3" dir="auto">
                  {[change.cause, change.source].filter(Boolean).join(' · ')}
                </span>
              </span>
            </li>
          ))}
        </ol>
      </Popover.Dropdown>
    </Popover>
  )
}
