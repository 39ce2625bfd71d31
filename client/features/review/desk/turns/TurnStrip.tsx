import { Button } from '@mantine/core'
import {
  IconArrowUpRight,
  IconPlayerPause,
  IconPlayerTrackNext,
  IconTransfer,
  IconUserCheck,
  IconX,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNameOf } from '#client/api/choices.ts'
import { useMay, useSession } from '#client/api/session.ts'
import { useFormat } from '#client/ui/format.ts'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { Ago } from '#client/ui/time.tsx'
import type { Proposal } from '#shared/contract/confirming.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import css from './turns.module.css'
import { openAct } from './turns.store.ts'

/** What the one before left: read first, as it says why the review is here. Nothing where it simply waits. */
export function TurnStrip({ detail: { review, turn, proposals = [] } }: { detail: ReviewDetail }) {
  const { t } = useTranslation('turns')
  const { t: judging } = useTranslation('judging')
  const format = useFormat()
  const nameOf = useNameOf()
  const me = useSession().person.id
  const mayDecide = useMay('review.decide')
  if (!turn || review.state === 'decided') return null
  const { hold, escalation, handover, assigneeId, skipCount } = turn
  const refused = proposals[0]?.end?.kind === 'refused' ? proposals[0] : null
  if (!refused && !hold && !escalation && !handover && !assigneeId && skipCount === 0) return null
  const icon = { size: 15, stroke: 2, 'aria-hidden': true } as const
  return (
    <section className={css.strip} aria-label={t('strip')}>
      {refused?.end ? (
        <Left
          tone="warn"
          icon={<IconX {...icon} />}
          title={judging('strip.refused')}
          who={nameOf(refused.end.byId)}
          at={refused.end.at}
          said={[refused.end.reason, proposedWords(refused)]}
        />
      ) : null}
      {hold ? (
        <Left
          tone="warn"
          icon={<IconPlayerPause {...icon} />}
          title={t('strip.hold', { time: format.date(hold.wakeAt, 'short') })}
          who={nameOf(hold.byId)}
          at={hold.at}
          said={[t('strip.hold.for', { what: t(`hold.${hold.reason}`) }), hold.text]}
        >
          {mayDecide && review.state === 'on_hold' ? (
            <Button onClick={() => openAct(review.id, 'resume')} rightSection={<KeyCap action="resume" />}>
              {t('resume.act')}
            </Button>
          ) : null}
        </Left>
      ) : null}
      {escalation ? (
        <Left
          tone="note"
          icon={<IconArrowUpRight {...icon} className="flip" />}
          title={t('strip.escalated', { who: whomOf(escalation) })}
          who={nameOf(escalation.byId)}
          at={escalation.at}
          said={[escalation.reason]}
        />
      ) : null}
      {handover ? (
        <Left
          tone="note"
          icon={<IconTransfer {...icon} />}
          title={handover.byId === me ? t('strip.mine') : t('strip.handover', { who: nameOf(handover.byId) })}
          at={handover.at}
          said={[handover.text]}
        />
      ) : null}
      {assigneeId ? (
        <Left
          tone="gone"
          icon={<IconUserCheck {...icon} />}
          title={t('strip.assigned', { who: whom(assigneeId) })}
          said={[]}
        />
      ) : null}
      {skipCount > 0 ? (
        <Left
          tone="gone"
          icon={<IconPlayerTrackNext {...icon} className="flip" />}
          title={t('strip.skipped', { count: skipCount })}
          said={[]}
        />
      ) : null}
    </section>
  )

  function proposedWords({ proposedById, measures, rationale }: Proposal) {
    const what = measures.map(({ kind }) => judging(`measure.${kind}`)).join(', ')
    return judging('strip.proposed', { who: whom(proposedById), what, reason: rationale })
  }

  function whomOf({ toId, toRole }: { toId: string | null; toRole: 'supervisor' | 'admin' | null }) {
    return toRole ? t(`strip.role.${toRole}`) : whom(toId)
  }

  function whom(personId: string | null) {
    return personId === me ? t('strip.you') : nameOf(personId)
  }
}

type LeftProps = {
  tone: 'warn' | 'note' | 'gone'
  icon: ReactNode
  title: string
  who?: string
  at?: string
  said: (string | null)[]
  children?: ReactNode
}

/** One thing that somebody left, with who, when and in what words. */
function Left({ tone, icon, title, who, at, said, children }: LeftProps) {
  const words = said.filter((each): each is string => Boolean(each))
  return (
    <div className={css.left} data-tone={tone}>
      {icon}
      <b className="b">{title}</b>
      {at ? (
        <span className="xs">
          {who ? <bdi>{who} · </bdi> : null}
          <Ago at={at} />
        </span>
      ) : (
        <span />
      )}
      {words.map((each) => (
        <p key={each} className={css.said}>
          <bdi dir="auto">{each}</bdi>
        </p>
      ))}
      {children ? <div className={css.said}>{children}</div> : null}
    </div>
  )
}
