import { Button } from '@mantine/core'
import { IconUrgent } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode } from '#client/api/call.ts'
import { peopleQuery } from '#client/api/reference-data.ts'
import { useMay } from '#client/api/session.ts'
import { threatsOfQuery, useAnswerThreat } from '#client/api/threats.ts'
import { announce } from '#client/ui/announce.tsx'
import { Ago, DateTime } from '#client/ui/time.tsx'
import type { ReviewRow } from '#shared/contract/reviews.ts'
import type { ThreatReport } from '#shared/contract/safety.ts'
import css from './safety.module.css'

const ToldForm = lazy(async () => ({ default: (await import('#client/ui/ToldForm.tsx')).ToldForm }))

/** What was raised of this review, who was told, and what is still to be done. */
export function ThreatNote({ review }: { review: ReviewRow }) {
  const { t } = useTranslation('safety')
  const { data: threats } = useQuery({ ...threatsOfQuery(review.id), enabled: review.threatAt !== null })
  if (review.threatAt === null || !threats || threats.length === 0) return null
  return (
    <section className={css.threats} aria-label={t('threat.title')}>
      {threats.map((threat) => (
        <Threat key={threat.id} threat={threat} />
      ))}
    </section>
  )
}

function Threat({ threat }: { threat: ThreatReport }) {
  const { t } = useTranslation('safety')
  const { data: people } = useQuery(peopleQuery)
  const mayAnswer = useMay('threat.answer')
  const [isAnswering, setAnswering] = useState(false)
  const nameOf = (id: string | null) => (id && people?.get(id)?.name) || ''
  const { line, told, toldAt, closedById, closedAt, raisedById, raisedAt } = threat
  return (
    <div className={css.threat} data-open={closedAt === null || undefined}>
      <p className="row6">
        <IconUrgent size={15} stroke={2} aria-hidden />
        <span className="b">{t('threat.title')}</span>
        <span className="xs push">
          {t('threat.by', { name: nameOf(raisedById) })} · <Ago at={raisedAt} />
        </span>
      </p>
      <p className="sm">
        <bdi dir="auto">{line}</bdi>
      </p>
      {closedAt === null ? (
        <div className="row6 wrap">
          <span className="xs">{t('threat.open')}</span>
          {mayAnswer ? <Button onClick={() => setAnswering(true)}>{t('strip.answer')}</Button> : null}
        </div>
      ) : (
        <p className="xs">
          {t(toldAt ? 'threat.told' : 'threat.notTold', { told: told ?? '' })}
          {toldAt ? (
            <>
              {', '}
              <DateTime at={toldAt} form="short" />
            </>
          ) : null}
          {' · '}
          {t('threat.toldBy', { name: nameOf(closedById) })}
        </p>
      )}
      {isAnswering ? <Answer threat={threat} onClose={() => setAnswering(false)} /> : null}
    </div>
  )
}

function Answer({ threat, onClose }: { threat: ThreatReport; onClose: () => void }) {
  const { t } = useTranslation('safety')
  const answer = useAnswerThreat(threat)
  const failure = errorCode(answer.error) === 'already_answered' ? t('answer.already') : t('answer.failed')
  return (
    <Suspense fallback={null}>
      <ToldForm
        reference={threat.reference ?? ''}
        line={threat.line ?? ''}
        isSending={answer.isPending}
        failure={answer.error ? failure : null}
        onClose={onClose}
        onSend={(body) =>
          answer.mutate(body, {
            onSuccess: () => {
              announce(t('answer.sent'))
              onClose()
            },
          })
        }
      />
    </Suspense>
  )
}
