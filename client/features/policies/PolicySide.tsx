import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { peopleQuery } from '#client/api/reference-data.ts'
import { useFormat } from '#client/ui/format.ts'
import { Drill } from '#client/ui/links.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import type { Policy } from '#shared/contract/policies.ts'
import css from './policies.module.css'

/** Its versions, newest first, and how it is used. */
export function PolicySide({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies')
  const format = useFormat()
  const { data: people } = useQuery(peopleQuery)
  const versions = [policy.current, ...policy.earlier]
  const day = (at: string) => format.date(at, 'date')
  return (
    <div className={css.side}>
      <Panel title={t('versions.title')} side={<IconHistory size={14} className="t3" aria-hidden />}>
        <ol className={css.chain}>
          {versions.map((version, index) => {
            const newer = versions[index - 1]
            const span = newer
              ? t('versions.span', { from: day(version.inForceSince), to: day(newer.inForceSince) })
              : t('versions.since', { day: day(version.inForceSince) })
            return (
              <li key={version.version} data-now={index === 0 || undefined}>
                <div className="row6">
                  <b className="b">{t('version.short', { version: version.version })}</b>
                  <span className="t3">{span}</span>
                </div>
                <div>{version.change ?? (version.version === 1 ? t('versions.first') : null)}</div>
                <div className="xs t3">
                  {version.publishedById ? people?.get(version.publishedById)?.name : t('versions.shipped')}
                </div>
              </li>
            )
          })}
        </ol>
      </Panel>
      <Panel title={t('use.title')}>
        <dl className="col sm" style={{ gap: 6 }}>
          <div className="row">
            <dt className="t3 grow">{t('use.decisions')}</dt>
            <dd className="b num">
              {policy.decisionCount > 0 ? (
                <Drill to="/decisions" search={{ clause: policy.id }}>
                  {format.number(policy.decisionCount)}
                </Drill>
              ) : (
                0
              )}
            </dd>
          </div>
          {policy.kind === 'clause' ? (
            <div className="row">
              <dt className="t3 grow">{t('use.severity')}</dt>
              <dd className="b">{t(`severity.${policy.severity}`)}</dd>
            </div>
          ) : null}
        </dl>
        <p className="xs t3" style={{ marginBlockStart: 8 }}>
          {t(`use.kind.${policy.kind}`)}
        </p>
      </Panel>
    </div>
  )
}
