import { Button } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode } from '#client/api/call.ts'
import { useNameOf } from '#client/api/choices.ts'
import { useSession } from '#client/api/session.ts'
import { useFormat } from '#client/ui/format.ts'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { ButtonLink } from '#client/ui/links.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import css from '../decision/decision.module.css'
import { openAct } from './turns.store.ts'

const codes = ['on_hold', 'escalated_to_other', 'assigned_to_other', 'too_many_held', 'cannot_take'] as const
type Code = (typeof codes)[number]

/** Why a review cannot be claimed though nobody holds it; null for anything else. */
export function notOffered(error: unknown): Code | null {
  return codes.find((code) => code === errorCode(error)) ?? null
}

type Props = {
  code: Code
  detail: ReviewDetail
  onNext: () => void
  /** Claims again. */
  onAgain: () => void
  notice: string | null
  back: ReactNode
}

/** Stands in place of the form: for whom or until when it waits, and the ways on. What was typed is kept. */
export function NotOffered({ code, detail: { review, turn }, onNext, onAgain, notice, back }: Props) {
  const { t } = useTranslation('turns')
  const { t: desk } = useTranslation('review')
  const format = useFormat()
  const nameOf = useNameOf()
  const me = useSession().person.id
  useKeys({ accept: onNext })
  const isOver = {
    on_hold: review.state !== 'on_hold',
    escalated_to_other: review.state !== 'escalated',
    assigned_to_other: !review.assigneeId || review.assigneeId === me,
    too_many_held: false,
    cannot_take: false,
  }[code]
  const wasOver = useRef(isOver)
  const claim = useEffectEvent(onAgain)
  useEffect(() => {
    // Only what ends before our eyes: a refusal that says otherwise than the screen is not asked for twice.
    if (isOver && !wasOver.current) claim()
    wasOver.current = isOver
  }, [isOver])
  const wakeAt = turn?.hold?.wakeAt ?? review.wakeAt
  const { toId = null, toRole = null } = turn?.escalation ?? {}
  const heads: Record<Code, string> = {
    on_hold: t('strip.hold', { time: wakeAt ? format.date(wakeAt, 'short') : '' }),
    escalated_to_other: t('strip.escalated', { who: toRole ? t(`strip.role.${toRole}`) : nameOf(toId) }),
    assigned_to_other: t('strip.assigned', { who: nameOf(turn?.assigneeId ?? review.assigneeId ?? null) }),
    too_many_held: t('notOffered.too_many'),
    cannot_take: t('notOffered.untrained'),
  }
  return (
    <section className={css.conflict} aria-label={heads[code]}>
      <div className="row">
        <IconLock size={16} aria-hidden />
        <div className="col">
          <b className="b">{heads[code]}</b>
          <span className="sm t2">{t(`notOffered.${code}`)}</span>
        </div>
      </div>
      {code === 'on_hold' ? (
        <Button
          variant="filled"
          h={34}
          onClick={() => openAct(review.id, 'resume')}
          rightSection={<KeyCap action="resume" />}
        >
          {t('resume.act')}
        </Button>
      ) : null}
      {code === 'too_many_held' ? (
        <ButtonLink to="/queue" search={{ tab: 'mine' }} variant="filled" h={34}>
          {t('notOffered.mine')}
        </ButtonLink>
      ) : null}
      {notice ? <p className="sm bad">{notice}</p> : null}
      <div className="row">
        <Button
          className="grow"
          variant={code === 'on_hold' || code === 'too_many_held' ? 'default' : 'filled'}
          h={34}
          onClick={onNext}
          rightSection={<KeyCap action="accept" />}
        >
          {desk('conflict.next')}
        </Button>
        {back}
      </div>
    </section>
  )
}
