import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { peopleQuery } from '#client/api/reference-data.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { KeyCap } from '#client/ui/Kbd.tsx'
import type { Tone } from '#client/ui/tone.ts'
import { useKeys } from '#client/ui/use-keys.ts'
import type { DecisionRecord } from '#shared/contract/decisions.ts'
import type { DeliveryAnswer } from '#shared/domain/deliveries.ts'
import type { OutboxState } from '#shared/domain/words.ts'
import css from '../decision/decision.module.css'
import type { Policies } from '../decision/decision-draft.ts'
import { DecisionFacts } from './DecisionFacts.tsx'

type Props = {
  decision: DecisionRecord
  /** Decisions in whose place it stands, newest first. */
  earlier: readonly DecisionRecord[]
  policies: Policies
  /** Null for those who decide nothing. */
  onNext: (() => void) | null
  /** Null for those who may not correct this one. */
  onCorrect: (() => void) | null
  /** Something that went wrong after the decision was recorded. */
  notice: string | null
  back: ReactNode
}

const deliveryTone: Record<OutboxState, Tone> = {
  pending: 'warn',
  sending: 'warn',
  delivered: 'note',
  failed: 'bad',
  cancelled: 'gone',
  recorded: 'gone',
}

const answerTones: readonly (readonly [DeliveryAnswer, Tone])[] = [
  ['refused', 'bad'],
  ['already_deleted', 'gone'],
  ['done', 'ok'],
]

/** A decision as it stands on record. It is never changed: another one takes its place. */
export function DecisionRecordPanel({ decision, earlier, policies, onNext, onCorrect, notice, back }: Props) {
  const { t } = useTranslation('review')
  const { data: people } = useQuery(peopleQuery)
  useKeys(onNext ? { accept: onNext, enter: onNext } : {})
  const nameOf = (id: string) => people?.get(id)?.name ?? id
  return (
    <section className={css.record} aria-label={t('record.title')}>
      <div className="row">
        <h2>{t('record.title')}</h2>
        <span className="push">
          <Delivery of={decision} />
        </span>
      </div>
      <DecisionFacts decision={decision} policies={policies} nameOf={nameOf} />
      {earlier.length > 0 ? (
        <details className={css.earlier}>
          <summary>{t('record.earlier', { count: earlier.length })}</summary>
          <ol>
            {earlier.map((each) => (
              <li key={each.id}>
                <Delivery of={each} />
                <DecisionFacts decision={each} policies={policies} nameOf={nameOf} />
              </li>
            ))}
          </ol>
        </details>
      ) : null}
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
        {onCorrect ? (
          <Button h={34} onClick={onCorrect}>
            {t('record.correct')}
          </Button>
        ) : null}
        {back}
      </div>
    </section>
  )
}

/** How far it got, or, once it arrived, what was said of it: one refusal counts most. */
function Delivery({ of: { delivery, deliveries = [] } }: { of: DecisionRecord }) {
  const { t } = useTranslation('review')
  const told = deliveries.filter(({ about }) => about === 'decision')
  const answers = told.map(({ answer }) => answer)
  const answer = answerTones.find(([word]) => answers.includes(word))
  const isAnswered = delivery === 'delivered' && (answer?.[0] === 'refused' || !answers.includes(null))
  if (isAnswered && answer) return <Badge tone={answer[1]}>{t(`delivery.${answer[0]}`)}</Badge>
  return <Badge tone={deliveryTone[delivery]}>{t(`delivery.${delivery}`)}</Badge>
}
