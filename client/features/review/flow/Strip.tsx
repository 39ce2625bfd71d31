import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '#client/ui/announce.tsx'
import { useClock } from '#client/ui/clock.ts'
import { useKeys } from '#client/ui/use-keys.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import type { QueueSearch } from '../queue.search.ts'
import { hasTyped } from '../review.store.ts'
import { fill, startTen, useAhead } from './ahead.ts'
import css from './flow.module.css'
import { Late, Refused, TooLate, useRefusedWords } from './Notices.tsx'
import { holdUp, onRefusal, type Sent, useSending } from './sending.ts'
import { UndoBar } from './UndoBar.tsx'
import { UpNext } from './UpNext.tsx'
import { mayUndo } from './undo.ts'
import { useSwap, useUndo } from './use-undo.ts'

/** A refusal that comes so soon brings its review back by itself: the next one was hardly looked at. In milliseconds. */
const soonMs = 1_500

type Props = { list: QueueSearch; shown: string; isWorking: boolean }

/** Below the desk: what needs an answer, else what can be taken back, else what comes next. */
export function Strip({ list, shown, isWorking }: Props) {
  const { t } = useTranslation('flow')
  const queryClient = useQueryClient()
  const sending = useSending((state) => state.list)
  const swap = useSwap(list, shown)
  const { undo, late, forgetLate } = useUndo(list, shown)
  const words = useRefusedWords()
  const [closed, setClosed] = useState<string | null>(null)
  const [shownAt, setShownAt] = useState({ id: shown, at: Date.now() })
  if (shownAt.id !== shown) setShownAt({ id: shown, at: Date.now() })

  // Who is undoable changes with the clock alone, so the clock says which.
  const names = useClock((now) =>
    sending
      .filter((sent) => mayUndo(sent, now) && (sent.reviewId !== shown || sent.isConfirmed))
      .map(({ reviewId }) => reviewId)
      .join(' '),
  )
  const undoable = names.split(' ').flatMap((id) => sending.find(({ reviewId }) => reviewId === id) ?? [])
  const newest = undoable.at(-1)
  const refused = sending.findLast(({ stage, reviewId }) => stage.kind === 'refused' && reviewId !== shown)
  const lateOnes = sending.filter(({ stage }) => stage.kind === 'late')

  function goBack({ reviewId }: Sent) {
    holdUp(reviewId)
    swap(reviewId)
  }
  const hear = useEffectEvent((sent: Sent) => {
    announce(words(sent), 'assertive')
    const isSoon = Date.now() - shownAt.at < soonMs && !hasTyped(shown)
    if (sent.isBehind && isSoon) goBack(sent)
  })
  useEffect(() => onRefusal((sent) => hear(sent)), [])
  function takeTen() {
    startTen()
    void fill(queryClient, list, shown as ReviewId).then(() => {
      const { ten } = useAhead.getState()
      if (ten) announce(t('ten.said', { of: ten.of }))
    })
  }
  const mayTakeTen = useAhead(({ ten }) => ten === null) && isWorking
  useKeys({
    ...(mayTakeTen && { takeTen }),
    ...(newest && { undo: () => void undo(newest) }),
    ...(refused && { backToRefused: () => goBack(refused) }),
  })

  const part = refused ? (
    <Refused sent={refused} onBack={() => goBack(refused)} />
  ) : late ? (
    <TooLate
      reference={late.sent.reference}
      isTooLate={late.why === 'too_late'}
      onOpen={() => {
        forgetLate()
        swap(late.sent.reviewId)
      }}
      onClose={forgetLate}
    />
  ) : lateOnes.length > 0 ? (
    <Late count={lateOnes.length} />
  ) : newest && closed !== newest.reviewId ? (
    <UndoBar
      decisions={undoable.toReversed()}
      onUndo={(sent) => void undo(sent)}
      onClose={() => setClosed(newest.reviewId)}
    />
  ) : null
  if (part) {
    return (
      <div className={css.strip} data-says>
        {part}
      </div>
    )
  }
  if (!isWorking) return null
  return (
    <nav className={css.strip} aria-label={t('next.title')}>
      <UpNext onOpen={swap} onTakeTen={takeTen} />
    </nav>
  )
}
