import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '#client/api/reference-data.ts'
import { useFormat } from '#client/ui/format.ts'
import { useJudging } from '#client/ui/judging.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import { useLadderGround } from '../decision/ladder.ts'
import css from './standing.module.css'

/** More boxes than these are not read. */
const mostBoxes = 10

/** What stands against the account, and what the next step would be. */
export function Strikes({ detail }: { detail: ReviewDetail }) {
  const { t } = useTranslation('judging')
  const format = useFormat()
  const judging = useJudging()
  const ground = useLadderGround(detail)
  const { data: policies } = useQuery(policiesQuery)
  const { strikes } = detail.account
  if (!ground || !strikes) return null
  const { ladder, before } = ground
  const next = ladder.steps.find((step) => step.strikes > before)
  const lines = strikes.newest.map(({ clause, weight, decidedAt }) =>
    t('strikes.line', {
      clause: policies?.get(clause.id)?.code ?? clause.id,
      weight,
      day: format.date(decidedAt, 'date'),
    }),
  )
  return (
    <div className={css.strikes} title={lines.join('\n')}>
      <h2 className="sm">{t('strikes')}</h2>
      {next && next.strikes <= mostBoxes ? (
        <span className={css.boxes} aria-hidden>
          {Array.from({ length: next.strikes }, (_, at) => at + 1).map((nth) => (
            <span key={nth} data-full={nth <= before || undefined} />
          ))}
        </span>
      ) : null}
      <b className="b num">{next ? t('strikes.of', { n: before, next: next.strikes }) : before}</b>
      <span className="t3 cut">
        {next ? t('strikes.then', { next: next.strikes, step: judging.step(next) }) : t('strikes.last')}
      </span>
      {lines.length > 0 ? <span className="vh">{lines.join('; ')}</span> : null}
    </div>
  )
}
