import { useDirection } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#client/ui/format.ts'
import type { AccountMoment } from '#shared/contract/accounts.ts'
import css from './accounts.module.css'
import { LaneMark, lineOf } from './LaneMark.tsx'
import { piecesOf, placeLabels, spanOf, ticksOf } from './lane.ts'
import { useMomentWords } from './moment-words.ts'

/** Where the line runs and how high the picture is, in pixels. */
const line = { y: 62, height: 128, start: 104, end: 14 }
/** Width of a letter of the labels, and of the least a label takes. */
const letter = 5.9
const least = 44
const usualWidth = 1_160

/** What is named first where there is no room for all. */
const ranks: Record<AccountMoment['kind'], number> = { status: 0, opened: 1, decision: 2, appeal: 3, flags: 4, post: 5 }

/** One account: its status along the line, what happened on it as marks whose shape says what they are. */
export function Lane({ handle, moments }: { handle: string; moments: readonly AccountMoment[] }) {
  const { t } = useTranslation('accounts')
  const format = useFormat()
  const wordOf = useMomentWords()
  const { ref, width } = useElementSize()
  const isRtl = useDirection().dir === 'rtl'
  const [now] = useState(() => Date.now())
  const w = width || usualWidth
  const start = w < 560 ? 14 : line.start
  const inner = w - start - line.end
  const span = spanOf(moments, now)
  const along = (at: number) => {
    const x = start + (inner * (Math.max(at, span.from) - span.from)) / (span.to - span.from)
    return isRtl ? w - x : x
  }
  const words = moments.map((moment) => wordOf(moment, true))
  const days = moments.map(({ at }) =>
    format.date(at, new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear() ? 'day' : 'date', 'utc'),
  )
  const places = placeLabels(
    moments.map((moment, index) => ({
      x: along(Date.parse(moment.at)),
      width: Math.max(least, Math.max(words[index]!.length, days[index]!.length) * letter),
      rank: ranks[moment.kind] + index / moments.length,
    })),
    w,
  )
  const told = moments.map((_, index) => `${days[index]} ${words[index]}`)
  return (
    <div ref={ref}>
      <svg
        className={css.lane}
        width="100%"
        height={line.height}
        viewBox={`0 0 ${w} ${line.height}`}
        direction={isRtl ? 'rtl' : 'ltr'}
        role="img"
        aria-label={`${handle}: ${told.slice(-40).join('; ')}`}
      >
        {ticksOf(span, Math.max(3, Math.floor(w / 150))).map((tick) => (
          <g key={tick}>
            <path d={`M${along(tick)} 12V${line.height - 20}`} className={css.tick} />
            <text x={along(tick)} y={line.height - 6} textAnchor="middle">
              {format.date(new Date(tick), isOld(span.to, tick) ? 'date' : 'day', 'utc')}
            </text>
          </g>
        ))}
        {piecesOf(moments, { ...span, to: now }).map((piece) => {
          const [from, to] = [along(piece.from), along(piece.to)]
          return (
            <g key={`${piece.from} ${piece.status}`}>
              {piece.status === 'blocked' || piece.status === 'deleted' ? (
                <rect
                  x={Math.min(from, to)}
                  width={Math.abs(to - from)}
                  y={12}
                  height={line.height - 32}
                  className={piece.status === 'blocked' ? css.blocked : css.gone}
                />
              ) : null}
              <path d={`M${from} ${line.y}H${to}`} strokeWidth="3" {...lineOf(piece.status)} />
              {piece.from < span.from ? (
                <path d={`M${from} ${line.y}h${isRtl ? -28 : 28}`} className={css.broken} />
              ) : null}
            </g>
          )
        })}
        {start > 14 ? (
          <text x={isRtl ? w : 0} y={line.y + 4} className={css.name}>
            {handle.length > 15 ? `${handle.slice(0, 14)}…` : handle}
          </text>
        ) : null}
        <path d={`M${along(now)} 12V${line.height - 20}`} className={css.now} />
        <text x={along(now)} y="8" textAnchor="middle">
          {t('time.now')}
        </text>
        {moments.map((moment, index) => {
          const [x, place] = [along(Date.parse(moment.at)), places[index]]
          const y = place?.side === 'below' ? line.y + 22 : line.y - 28
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the past does not change its order
            <g key={index}>
              <LaneMark moment={moment} x={x} y={line.y}>
                {`${days[index]}: ${words[index]}`}
              </LaneMark>
              {place ? (
                <text x={place.x} y={y} textAnchor="middle">
                  {words[index]}
                  <tspan x={place.x} dy="12">
                    {days[index]}
                  </tspan>
                </text>
              ) : null}
            </g>
          )
        })}
      </svg>
    </div>
  )
}

/** The year is told where it is not the one the line ends in. */
function isOld(to: number, at: number) {
  return new Date(to).getUTCFullYear() !== new Date(at).getUTCFullYear()
}
