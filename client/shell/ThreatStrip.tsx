import { Button } from '@mantine/core'
import { IconUrgent } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode } from '#client/api/call.ts'
import { peopleQuery, queuesQuery } from '#client/api/reference-data.ts'
import { openThreatsQuery, useAnswerThreat } from '#client/api/threats.ts'
import { announce } from '#client/ui/announce.tsx'
import { ButtonLink } from '#client/ui/links.tsx'
import { ToldForm } from '#client/ui/ToldForm.tsx'
import { Ago } from '#client/ui/time.tsx'
import type { ThreatReport } from '#shared/contract/safety.ts'
import css from './ThreatStrip.module.css'

/** So many are on top of a list; the others are counted, and come up as these are answered. */
const mostShown = 3

/** Stands above every list of those in charge until somebody has written down who was told. */
export function ThreatStrip() {
  const { t } = useTranslation('safety')
  const { data, isError } = useQuery(openThreatsQuery)
  const [answering, setAnswering] = useState<ThreatReport | null>(null)
  const count = data?.count ?? 0
  useSayNew(count)
  return (
    <>
      {data && count > 0 ? (
        <section className={css.strip} aria-label={t('strip.label')}>
          <ul>
            {data.items.slice(0, mostShown).map((threat) => (
              <Threat key={threat.id} threat={threat} onAnswer={() => setAnswering(threat)} />
            ))}
          </ul>
          {count > mostShown ? <p className="sm b">{t('strip.more', { count: count - mostShown })}</p> : null}
          {isError ? <p className="xs">{t('strip.stale')}</p> : null}
        </section>
      ) : null}
      {answering ? <Answer key={answering.id} threat={answering} onClose={() => setAnswering(null)} /> : null}
    </>
  )
}

function Threat({ threat, onAnswer }: { threat: ThreatReport; onAnswer: () => void }) {
  const { t } = useTranslation('safety')
  const { data: people } = useQuery(peopleQuery)
  const { data: queues } = useQuery(queuesQuery)
  const { reviewId, reference, line, queueId, raisedById, raisedAt } = threat
  const name = people?.get(raisedById)?.name ?? ''
  return (
    <li>
      <IconUrgent size={16} stroke={2} aria-hidden />
      <span className="b">{t('threat.title')}</span>
      <bdi className={css.line} dir="auto" title={line ?? undefined}>
        {line ?? t('strip.hidden')}
      </bdi>
      <span className={`xs ${css.by}`}>
        {queues?.items.find(({ id }) => id === queueId)?.name ?? queueId} · {t('threat.by', { name })} ·{' '}
        <Ago at={raisedAt} />
      </span>
      {reviewId && reference ? (
        <span className={css.acts}>
          <ButtonLink to="/reviews/$reviewId" params={{ reviewId }}>
            {reference}
          </ButtonLink>
          <Button aria-label={t('strip.answer.of', { reference })} variant="filled" onClick={onAnswer}>
            {t('strip.answer')}
          </Button>
        </span>
      ) : null}
    </li>
  )
}

function Answer({ threat, onClose }: { threat: ThreatReport; onClose: () => void }) {
  const { t } = useTranslation('safety')
  const answer = useAnswerThreat(threat)
  const failure = errorCode(answer.error) === 'already_answered' ? t('answer.already') : t('answer.failed')
  return (
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
  )
}

/** One more than before is said aloud: nobody looks at the top of a list all the time. */
function useSayNew(count: number) {
  const { t } = useTranslation('safety')
  const said = useRef(0)
  useEffect(() => {
    if (count > said.current) announce(t('strip.label'), 'assertive')
    said.current = count
  }, [count, t])
}
