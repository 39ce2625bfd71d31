import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useNameOf } from '#client/api/choices.ts'
import { useSession } from '#client/api/session.ts'
import { AppealBadge } from '#client/ui/AppealBadge.tsx'
import { announce } from '#client/ui/announce.tsx'
import { useSecondsLeft } from '#client/ui/clock.ts'
import { useFormat } from '#client/ui/format.ts'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { ButtonLink } from '#client/ui/links.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { DateTime } from '#client/ui/time.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { AppealDetail, WronglyDown } from '#shared/contract/appeals.ts'
import css from '../appeals.module.css'
import { Fact } from '../Fact.tsx'
import { DecisionFacts } from '../FirstDecision.tsx'
import { Failure } from './Hearing.tsx'
import { useHearing } from './use-hearing.ts'

/** How an appeal was answered, why, and what stands now. */
export function Verdict({ appeal }: { appeal: AppealDetail }) {
  const { t } = useTranslation('appeals')
  const { t: messages } = useTranslation('messages')
  const nameOf = useNameOf()
  const { outcome, state, decidedById, decidedAt, rationale, next, wronglyDown, withdrawnReason, dueAt } = appeal
  return (
    <Panel title={t('verdict.title')} side={<AppealBadge state={state} outcome={outcome} />}>
      <div className="col" style={{ gap: 12 }}>
        <dl className={css.facts}>
          {withdrawnReason ? (
            <Fact name={t('withdraw.reason')}>
              <span dir="auto">{withdrawnReason}</span>
            </Fact>
          ) : null}
          {rationale ? (
            <Fact name={t('first.rationale')}>
              <span dir="auto" className={css.said}>
                {rationale}
              </span>
            </Fact>
          ) : null}
          {decidedById ? <Fact name={t('first.by')}>{nameOf(decidedById)}</Fact> : null}
          {decidedAt ? (
            <Fact name={t('verdict.when')}>
              <DateTime at={decidedAt} />{' '}
              {decidedAt > dueAt ? (
                <span className="bad">{t('row.after')}</span>
              ) : (
                <span className="t3">{t('row.inTime')}</span>
              )}
            </Fact>
          ) : null}
          {wronglyDown ? (
            <Fact name={t('verdict.down')}>
              <Down down={wronglyDown} />
            </Fact>
          ) : null}
        </dl>
        {appeal.message ? (
          <figure className={css.told}>
            <figcaption className="xs t3">{messages('sent')}</figcaption>
            <p dir="auto" lang={appeal.message.language} className={css.said}>
              {appeal.message.text}
            </p>
          </figure>
        ) : null}
        {next ? (
          <section className="col" style={{ gap: 8 }}>
            <div className="row">
              <h3 className="sm b">{t('verdict.next')}</h3>
              <ButtonLink
                className="push"
                size="compact-xs"
                to="/decisions/$decisionId"
                params={{ decisionId: next.id }}
              >
                {t('one.openDecision')}
              </ButtonLink>
            </div>
            <DecisionFacts decision={{ ...next, rationale: '' }} />
          </section>
        ) : null}
        <Undo appeal={appeal} />
      </div>
    </Panel>
  )
}

function Down({ down: { since, until, ms } }: { down: WronglyDown }) {
  const { t } = useTranslation('appeals')
  const format = useFormat()
  if (until === null || ms === null) {
    return (
      <span className="warn">
        {t('verdict.stillDown')} <DateTime at={since} />
      </span>
    )
  }
  return (
    <>
      <b className="b num">{format.span(ms)}</b>{' '}
      <span className="t3">
        <DateTime at={since} form="short" /> – <DateTime at={until} form="short" />
      </span>
    </>
  )
}

/** For as long as nothing has left. */
function Undo({ appeal }: { appeal: AppealDetail }) {
  const me = useSession().person.id
  const { undoUntil, decidedById } = appeal
  if (!undoUntil || decidedById !== me) return null
  return <UndoButton appealId={appeal.id} until={undoUntil} />
}

function UndoButton({ appealId, until }: { appealId: string; until: string }) {
  const { t } = useTranslation('appeals')
  const left = useSecondsLeft(until)
  const { undo } = useHearing(appealId)
  const take = () => undo.mutate(undefined, { onSuccess: () => announce(t('undo.done')) })
  useKeys({ ...(left > 0 && { undo: take }) })
  if (undo.error) return <Failure error={undo.error} />
  if (left <= 0) return null
  return (
    <div>
      <Button loading={undo.isPending} onClick={take} rightSection={<KeyCap action="undo" />}>
        {t('undo')} <span className="num t3"> {t('undo.left', { s: left })}</span>
      </Button>
    </div>
  )
}
