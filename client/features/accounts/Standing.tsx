import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Badge } from '#client/ui/Badge.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { StatusBadge } from '#client/ui/StatusBadge.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { AccountDetail } from '#shared/contract/accounts.ts'
import type { MeasureInForce } from '#shared/contract/decisions.ts'
import css from './accounts.module.css'

/** Every turn of its status, the newest first: when, why and who said so. */
export function Standing({ account: { history, url } }: { account: AccountDetail }) {
  const { t } = useTranslation('accounts')
  return (
    <Panel title={t('standing.title')}>
      {history.length === 0 ? <p className="sm t3">{t('standing.none')}</p> : null}
      <ol className={css.rows}>
        {history.toReversed().map((change) => (
          <li key={change.since + change.status}>
            <span className="row">
              <StatusBadge status={change.status} bare />
              <span className="push t3">
                <DateTime at={change.since} />
              </span>
            </span>
            <span className="sm t3" dir="auto">
              {[change.cause, change.source === 'docket' ? t('standing.docket') : change.source]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ol>
      {url ? (
        <p className="sm t3">
          {t('platformLink')}: <bdi className="mono">{url}</bdi>
        </p>
      ) : null}
    </Panel>
  )
}

/** What holds now, with the decision it came from. */
export function MeasuresInForce({ account }: { account: AccountDetail }) {
  const { t } = useTranslation('accounts')
  // A warning is done with once it is given.
  const measures = account.measures.filter(({ kind }) => kind !== 'warn')
  return (
    <Panel title={t('measures.title')}>
      {measures.length === 0 ? <p className="sm t3">{t('measures.none')}</p> : null}
      <ul className={css.rows}>
        {measures.map((measure) => (
          <li key={measure.id}>
            <Measure measure={measure} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Measure({ measure }: { measure: MeasureInForce }) {
  const { t } = useTranslation('accounts')
  return (
    <>
      <span className="row">
        <Badge tone={measure.kind === 'label' ? 'note' : measure.target === 'account' ? 'bad' : 'warn'}>
          {t(`measure.${measure.kind}`)}
        </Badge>
        {measure.target === 'post' ? <span className="sm t2">{t('measures.on.post')}</span> : null}
        <span className="push mono">
          <Link to="/decisions/$decisionId" params={{ decisionId: measure.decisionId }}>
            {measure.reviewReference}
          </Link>
        </span>
      </span>
      <span className="sm t3">
        {t('measures.since')} <DateTime at={measure.beganAt} form="date" />
        {measure.endsAt ? (
          <>
            {' '}
            {t('measures.until')} <DateTime at={measure.endsAt} form="date" />
          </>
        ) : null}
        {measure.territory.length > 0 ? ` · ${measure.territory.join(', ')}` : null}
      </span>
    </>
  )
}
