import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#client/ui/format.ts'
import { Drill } from '#client/ui/links.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import css from './policies.module.css'
import { figuresQuery } from './policies.queries.ts'

type Props = { policyId: string; kind: 'clause' | 'exemption' }

/** How a clause was cited lately. Each figure opens the decisions it was counted from. */
export function InUse({ policyId, kind }: Props) {
  const { t } = useTranslation('policies')
  const format = useFormat()
  const { data: use, isError } = useQuery(figuresQuery(policyId))
  if (isError) {
    return (
      <Panel title={t('use.title')}>
        <p className="sm t3">{t('use.failed')}</p>
      </Panel>
    )
  }
  if (!use) return null
  const { from, to, corrected } = use
  const range = { clause: policyId, from, to }
  const standing = { ...range, superseded: 'no' as const }
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`
  const { interval } = corrected
  const rows = [
    { key: 'decisions', count: use.decisions, search: standing, note: null },
    { key: 'removed', count: use.removed, search: { ...standing, measure: 'remove' }, note: null },
    { key: 'exempt', count: use.exempt, search: { ...standing, outcome: 'exempt' }, note: null },
    {
      key: 'corrected',
      count: corrected.count,
      search: { ...range, superseded: 'yes' as const },
      note: interval
        ? t('use.interval', {
            of: format.number(corrected.of),
            low: percent(interval.low),
            high: percent(interval.high),
          })
        : t('use.few', { of: format.number(corrected.of) }),
    },
  ] as const
  return (
    <Panel title={t('use.title')}>
      <dl className={`sm ${css.figures}`}>
        {rows.map(({ key, count, search, note }) => (
          <div key={key} className="row">
            <dt className="t3 grow">{t(`use.${key}`)}</dt>
            <dd className="num row6">
              <span className="b">
                {count > 0 ? (
                  <Drill to="/decisions" search={search}>
                    {format.number(count)}
                  </Drill>
                ) : (
                  0
                )}
              </span>
              {note && count > 0 ? <span className="xs t3">{note}</span> : null}
            </dd>
          </div>
        ))}
      </dl>
      <p className="xs t3" style={{ marginBlockStart: 8 }}>
        {t(`use.kind.${kind}`)}
      </p>
    </Panel>
  )
}
