import { useTranslation } from 'react-i18next'
import { Badge } from '#client/ui/Badge.tsx'
import { Ago, DateTime } from '#client/ui/time.tsx'
import type { Tone } from '#client/ui/tone.ts'
import type { DecisionDelivery } from '#shared/contract/decisions.ts'
import css from '../decision/decision.module.css'

/** Who was told of a decision, how far that got, and what they said, in words. */
export function DeliveryLines({ deliveries }: { deliveries: readonly DecisionDelivery[] }) {
  const { t } = useTranslation('review')
  return (
    <ul className={css.sent} aria-label={t('record.delivery')}>
      {deliveries.map((delivery) => (
        <li key={delivery.id}>
          <DeliveryLine delivery={delivery} />
        </li>
      ))}
    </ul>
  )
}

function DeliveryLine({ delivery }: { delivery: DecisionDelivery }) {
  const { t } = useTranslation('review')
  const { receiverName, about, state, attempts, nextAt, lastError, answer, answerText, answeredAt, changedAt } =
    delivery
  const { tone, word } = wordOf()
  const why = state === 'failed' || (state === 'pending' && attempts > 0) ? lastError : null
  const isDone = answer !== null || state === 'delivered' || state === 'failed'
  return (
    <>
      <bdi className="b">{receiverName}</bdi>
      {about === 'lapse' ? <span className="t2"> · {t('sent.lapse')}</span> : null}{' '}
      <Badge tone={tone} bare>
        {word}
      </Badge>{' '}
      <span className="t3">
        {isDone ? <DateTime at={answeredAt ?? changedAt} form="short" /> : null}
        {!isDone && nextAt && attempts > 0 ? <DateTime at={nextAt} form="time" /> : null}
        {state === 'sending' ? <Ago at={changedAt} /> : null}
      </span>
      {answerText ? (
        <p dir="auto" className="t2">
          {answerText}
        </p>
      ) : null}
      {why ? <p className="t3">{why}</p> : null}
    </>
  )

  function wordOf(): { tone: Tone; word: string } {
    if (answer === 'done') return { tone: 'ok', word: t('sent.done') }
    if (answer) return { tone: answer === 'refused' ? 'bad' : 'gone', word: t(`sent.${answer}`) }
    switch (state) {
      case 'pending':
        return { tone: 'warn', word: t(attempts > 0 ? 'sent.again' : 'sent.waiting') }
      case 'sending':
        return { tone: 'warn', word: t('sent.sending') }
      case 'delivered':
        return { tone: 'note', word: t('sent.noAnswer') }
      case 'failed':
        return { tone: 'bad', word: t('sent.failed', { count: attempts }) }
      case 'cancelled':
        return { tone: 'gone', word: t('sent.cancelled') }
    }
  }
}
