import { ActionIcon, Button, Menu } from '@mantine/core'
import {
  type Icon,
  IconArrowBackUp,
  IconArrowUpRight,
  IconDotsVertical,
  IconHandStop,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerTrackNext,
  IconSwitchHorizontal,
  IconTransfer,
  IconUserCheck,
} from '@tabler/icons-react'
import { type ComponentType, useEffect } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useMay, useSession } from '#client/api/session.ts'
import type { KeyAction } from '#client/keys.ts'
import { useMenu } from '#client/ui/hanging.tsx'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import { inMain } from '../decision/parts/in-main.ts'
import type { LeaseHandle } from '../use-lease.ts'
import type { NextReview } from '../use-next.ts'
import { AnswerForm } from './AnswerForm.tsx'
import { AssignForm } from './AssignForm.tsx'
import { EscalateForm } from './EscalateForm.tsx'
import { HandOverForm } from './HandOverForm.tsx'
import { HoldForm } from './HoldForm.tsx'
import { MoveForm } from './MoveForm.tsx'
import { ResumeForm } from './ResumeForm.tsx'
import { SkipForm } from './SkipForm.tsx'
import { TakeOverForm } from './TakeOverForm.tsx'
import css from './turns.module.css'
import { type Act, acts, closeAct, openAct, useOpenAct } from './turns.store.ts'
import type { TurnProps } from './use-turn.ts'

type Kind = { form: ComponentType<TurnProps>; key: KeyAction; icon: Icon; isFlipped?: boolean }

const kinds: Record<Act, Kind> = {
  skip: { form: SkipForm, key: 'skip', icon: IconPlayerTrackNext, isFlipped: true },
  hold: { form: HoldForm, key: 'hold', icon: IconPlayerPause },
  escalate: { form: EscalateForm, key: 'escalate', icon: IconArrowUpRight, isFlipped: true },
  answer: { form: AnswerForm, key: 'answer', icon: IconArrowBackUp, isFlipped: true },
  resume: { form: ResumeForm, key: 'resume', icon: IconPlayerPlay, isFlipped: true },
  handOver: { form: HandOverForm, key: 'handOver', icon: IconTransfer },
  move: { form: MoveForm, key: 'moveQueue', icon: IconSwitchHorizontal },
  takeOver: { form: TakeOverForm, key: 'takeOver', icon: IconHandStop },
  assign: { form: AssignForm, key: 'assign', icon: IconUserCheck },
}

/** Those that stand in the bar while there is room. */
const inBar: readonly Act[] = ['skip', 'hold', 'resume', 'escalate', 'answer']

type Props = { detail: ReviewDetail; lease: LeaseHandle; next: NextReview }

/** What may be done with a review besides deciding it. The form of an act stands over the account, one at a time. */
export function TurnActs({ detail, lease, next }: Props) {
  const { t } = useTranslation('turns')
  const reviewId = detail.review.id
  const offered = useOffered(detail, lease)
  const open = useOpenAct(reviewId)
  const shown = acts.filter((act) => offered[act])
  const { target, hang } = useMenu({ position: 'bottom-end', width: 240 })
  useKeys(Object.fromEntries(shown.map((act) => [kinds[act].key, () => openAct(reviewId, act)])))
  useEffect(() => closeAct, [])
  if (shown.length === 0) return null
  const Form = open && offered[open] ? kinds[open].form : null
  return (
    <div className={css.acts}>
      {inBar
        .filter((act) => offered[act])
        .map((act) => (
          <Button
            key={act}
            className={css.act}
            leftSection={<ActIcon act={act} />}
            rightSection={<KeyCap action={kinds[act].key} />}
            aria-expanded={open === act}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => (open === act ? closeAct() : openAct(reviewId, act))}
          >
            {t(`${act}.act`)}
          </Button>
        ))}
      <ActionIcon {...target} aria-label={t('more')} title={t('more')}>
        <IconDotsVertical size={16} aria-hidden />
      </ActionIcon>
      {hang(
        shown.map((act) => (
          <Menu.Item
            key={act}
            leftSection={<ActIcon act={act} />}
            rightSection={<KeyCap action={kinds[act].key} />}
            closeMenuOnClick
            // After the menu has given the focus back.
            onClick={() => setTimeout(() => openAct(reviewId, act))}
          >
            {t(`${act}.act`)}
          </Menu.Item>
        )),
      )}
      {Form
        ? createPortal(
            <div className={css.panel}>
              <Form detail={detail} lease={lease} next={next} onClose={closeAct} />
            </div>,
            inMain().target,
          )
        : null}
    </div>
  )
}

function ActIcon({ act }: { act: Act }) {
  const { icon: Glyph, isFlipped } = kinds[act]
  return <Glyph size={14} stroke={2} className={isFlipped ? 'flip' : undefined} aria-hidden />
}

/** What can be done now, by this person. */
function useOffered({ review, turn }: ReviewDetail, lease: LeaseHandle): Record<Act, boolean> {
  const mayDecide = useMay('review.decide')
  const mayAssign = useMay('review.assign')
  const mayAnswer = useMay('escalation.answer')
  const { person } = useSession()
  const { state } = lease
  const waits = review.state !== 'decided' && review.state !== 'confirming'
  const isMine = waits && (state.kind === 'held' || state.kind === 'claiming')
  const isElsewhere = state.kind === 'refused' || state.kind === 'lost' || state.kind === 'failed'
  const isAddressee = turn?.escalation?.toId === person.id || turn?.escalation?.toRole === person.role
  const isOnHold = review.state === 'on_hold'
  const isEscalated = review.state === 'escalated'
  return {
    skip: isMine && !isOnHold,
    hold: isMine && !isOnHold,
    escalate: isMine && !isOnHold && !isEscalated,
    answer: mayAnswer && isEscalated && (isMine || isAddressee),
    resume: mayDecide && isOnHold,
    handOver: isMine && !isOnHold,
    move: isMine || (mayAssign && waits),
    takeOver: mayAssign && waits && isElsewhere,
    assign: mayAssign && waits,
  }
}
