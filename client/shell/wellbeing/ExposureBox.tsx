import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '#client/api/reference-data.ts'
import { useFormat } from '#client/ui/format.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { Meter } from '#client/ui/Meter.tsx'
import type { Exposure } from '#shared/contract/exposure.ts'
import css from './wellbeing.module.css'

/** One's own day in figures, by kind of harm. */
export function ExposureBox({ exposure }: { exposure: Exposure }) {
  const { t } = useTranslation('wellbeing')
  const format = useFormat()
  const nameOf = useKindName()
  const { day, budget, reveals, added, byKind } = exposure
  const left = budget === null ? null : Math.max(0, budget - reveals)
  return (
    <div className={css.box}>
      <div>
        <h2>{t('meter.title')}</h2>
        <p className="xs t3">{t('meter.since', { day: format.date(`${day}T12:00:00Z`, 'day', 'utc') })}</p>
      </div>
      {left === null || budget === null ? (
        <p className="sm t2">{t('meter.free')}</p>
      ) : (
        <div className={css.left}>
          <Meter value={reveals} of={budget} tone={left === 0 ? 'warn-solid' : 'accent'} />
          <p className="sm">
            <span className="b">{left === 0 ? t('meter.usedUp') : t('meter.left', { count: left })}</span>
            {added > 0 ? <span className="t3"> · {t('meter.added', { count: added })}</span> : null}
          </p>
        </div>
      )}
      {byKind.length === 0 ? (
        <p className="sm t3">{t('figure.none')}</p>
      ) : (
        <table className={css.figures}>
          <thead>
            <tr>
              <th scope="col">{t('figure.kind')}</th>
              <th scope="col">{t('figure.items')}</th>
              <th scope="col">{t('figure.reveals')}</th>
              <th scope="col">{t('figure.shown')}</th>
            </tr>
          </thead>
          <tbody>
            {byKind.map(({ kind, ...figures }) => (
              <tr key={kind}>
                <th scope="row">{nameOf(kind)}</th>
                <td>{format.number(figures.items)}</td>
                <td>{format.number(figures.reveals)}</td>
                <td>{format.span(figures.shownMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="xs t3">{t('meter.who')}</p>
      <ButtonLink to="/preferences">{t('meter.settings')}</ButtonLink>
    </div>
  )
}

/** What a section of the policy is called. */
function useKindName() {
  const { t } = useTranslation('wellbeing')
  const { data: policies } = useQuery(policiesQuery)
  return (kind: string | null) => {
    if (kind === null) return t('figure.unsorted')
    return policies?.values().find(({ section }) => section.code === kind)?.section.name ?? kind
  }
}
