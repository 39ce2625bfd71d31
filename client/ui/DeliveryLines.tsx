import { useTranslation } from 'react-i18next'
import { Badge } from './Badge.tsx'
import css from './DeliveryLines.module.css'
import { Ago, DateTime } from './time.tsx'
import type { Tone } from './tone.ts'

/** How far one receiver has been told of a decision, and what it said. */
type Delivery = {
  id: string
  receiverName: string
  about: 'decision' | 'lapse'
  state: 'pending' | 'sending' | 'delivered' | 'failed' | 'cancelled'
  attempts: number
  nextAt: string | null
  changedAt: string
  lastError: string | null
  answer: 'done' | 'already_deleted' | 'refused' | null
  answerText: string | null
  answeredAt: string | null
}

/** Who was told of a decision, how far that got, and what they said, in words. */
export function DeliveryLines({ deliveries }: { deliveries: readonly Delivery[] }) {
  const { t } = useTranslation('ui')
  return (
    <ul className={css.sent} aria-label={t('sent.to')}>
      {deliveries.map((delivery) => (
        <li key={delivery.id}>
          <DeliveryLine delivery={delivery} />
        </li>
      ))}
    </ul>
  )
}

function DeliveryLine({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('ui')
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
