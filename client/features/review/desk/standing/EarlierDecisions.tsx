import { Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '#client/api/reference-data.ts'
import { useFormat } from '#client/ui/format.ts'
import { MeasureBadge, OutcomeBadge } from '#client/ui/OutcomeBadge.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { DecisionRecord } from '#shared/contract/decisions.ts'
import type { AccountStanding } from '#shared/contract/reviews.ts'
import { accountMeasureOf, postMeasureOf } from '../outcome/read-decision.ts'
import { TextButton } from '../TextButton.tsx'
import css from './standing.module.css'

/** Rows beside the post; the rest, with their rationales, behind the count. */
const shown = 6

type Props = { account: AccountStanding; nameOf: (personId: string) => string }

export function EarlierDecisions({ account, nameOf }: Props) {
  const { t } = useTranslation('review')
  const format = useFormat()
  const [isListed, setListed] = useState(false)
  const { decisions, decisionCount: count } = account
  if (count === 0) return <p className="xs t3">{t('earlier.none')}</p>
  return (
    <div>
      <div className="row">
        <h2 className="sm">{t('earlier.title')}</h2>
        <TextButton className="push" onClick={() => setListed(true)}>
          {t('earlier.all', { count, n: format.number(count) })}
        </TextButton>
      </div>
      <ul className={css.decisions}>
        {decisions.slice(0, shown).map((decision) => (
          <li key={decision.id}>
            <DecisionLine decision={decision} />
            <span className="push t3 cut">{decision.decidedById ? nameOf(decision.decidedById) : t('system')}</span>
          </li>
        ))}
      </ul>
      <Drawer
        opened={isListed}
        onClose={() => setListed(false)}
        position="right"
        size={420}
        title={t('earlier.all', { count, n: format.number(count) })}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        {decisions.length < count ? <p className="sm t3">{t('earlier.newest', { n: decisions.length })}</p> : null}
        <ul className={css.full}>
          {decisions.map((decision) => (
            <li key={decision.id}>
              <DecisionLine decision={decision} />
              <p className="xs t3">
                {decision.reviewReference} · {decision.decidedById ? nameOf(decision.decidedById) : t('system')}
              </p>
              {decision.rationale ? <p dir="auto">{decision.rationale}</p> : null}
            </li>
          ))}
        </ul>
      </Drawer>
    </div>
  )
}

function DecisionLine({ decision }: { decision: DecisionRecord }) {
  const { data: policies } = useQuery(policiesQuery)
  const clause = decision.clause ? policies?.get(decision.clause.id) : undefined
  const onAccount = accountMeasureOf(decision.measures)
  return (
    <span className={css.line}>
      <span className="t3">
        <DateTime at={decision.decidedAt} form="day" />
      </span>
      <OutcomeBadge outcome={decision.outcome} postMeasure={postMeasureOf(decision.measures)} bare />
      {clause ? (
        <bdi className="t2 num" dir="ltr" title={clause.shortName}>
          {clause.code}
        </bdi>
      ) : null}
      {onAccount ? <MeasureBadge measure={onAccount} bare /> : null}
    </span>
  )
}
