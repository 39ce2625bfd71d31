import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { peopleQuery } from '#client/api/reference-data.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { MeasureBadge, OutcomeBadge } from '#client/ui/OutcomeBadge.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { Tone } from '#client/ui/tone.ts'
import { useKeys } from '#client/ui/use-keys.ts'
import type { DecisionRecord } from '#shared/contract/decisions.ts'
import type { OutboxState } from '#shared/domain/words.ts'
import css from '../decision/decision.module.css'
import type { Policies } from '../decision/decision-draft.ts'
import { useTerritories } from '../decision/parts/territories.ts'
import { accountMeasureOf, postMeasureOf, restrictionOf } from './read-decision.ts'

type Props = {
  decision: DecisionRecord
  policies: Policies
  /** Null for those who decide nothing. */
  onNext: (() => void) | null
  /** Something that went wrong after the decision was recorded. */
  notice: string | null
  back: ReactNode
}

const deliveryTone: Record<OutboxState, Tone> = {
  pending: 'warn',
  sending: 'warn',
  delivered: 'ok',
  failed: 'bad',
  cancelled: 'gone',
  recorded: 'gone',
}

/** A decision as it stands on record. Nothing here can be changed. */
export function DecisionRecordPanel({ decision, policies, onNext, notice, back }: Props) {
  const { t } = useTranslation('review')
  const territories = useTerritories()
  const { data: people } = useQuery(peopleQuery)
  useKeys(onNext ? { accept: onNext, enter: onNext } : {})
  const { clause, exemption, measures, territory, rationale, decidedById, delivery } = decision
  const cited = clause ? policies.get(clause.id) : undefined
  const restriction = restrictionOf(measures)
  const onAccount = accountMeasureOf(measures)
  return (
    <section className={css.record} aria-label={t('record.title')}>
      <div className="row">
        <h2>{t('record.title')}</h2>
        <span className="push">
          <Badge tone={deliveryTone[delivery]}>{t(`delivery.${delivery}`)}</Badge>
        </span>
      </div>
      <dl className={css.facts}>
        <Fact name={t('record.outcome')}>
          <OutcomeBadge outcome={decision.outcome} postMeasure={postMeasureOf(measures)} bare />
          {restriction ? ` ${t(`restriction.${restriction}`)}` : null}
        </Fact>
        {clause ? (
          <Fact name={t('decide.clause')}>
            <b className="b num">{cited?.code ?? clause.id}</b> {cited?.shortName}, v{clause.version}
            {decision.furtherClauses.map((further) => (
              <span key={further.id} className="t2">
                {' · '}
                {policies.get(further.id)?.code ?? further.id} v{further.version}
              </span>
            ))}
          </Fact>
        ) : null}
        {exemption ? <Fact name={t('decide.exemption')}>{policies.get(exemption)?.shortName ?? exemption}</Fact> : null}
        {onAccount ? (
          <Fact name={t('decide.account')}>
            <MeasureBadge measure={onAccount} bare />
          </Fact>
        ) : null}
        {measures.length > 0 ? <Fact name={t('decide.territory')}>{territories.nameOf(territory)}</Fact> : null}
        {rationale ? (
          <Fact name={t('decide.rationale')}>
            <span dir="auto">{rationale}</span>
          </Fact>
        ) : null}
        <Fact name={t('record.by')}>
          {decidedById ? (people?.get(decidedById)?.name ?? decidedById) : t('system')},{' '}
          <DateTime at={decision.decidedAt} />
        </Fact>
      </dl>
      {notice ? (
        <p className="sm bad" role="alert">
          {notice}
        </p>
      ) : null}
      <div className="row">
        {onNext ? (
          <Button className="grow" variant="filled" h={34} onClick={onNext} rightSection={<KeyCap action="enter" />}>
            {t('conflict.next')}
          </Button>
        ) : null}
        {back}
      </div>
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
