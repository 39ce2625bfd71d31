import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '#client/api/call.ts'
import { announce } from '#client/ui/announce.tsx'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import { reviewQuery } from '../../review.queries.ts'
import type { LeaseHandle } from '../use-lease.ts'
import type { NextReview } from '../use-next.ts'
import { blankTurn, dropTurn, keepTurn, type TurnDraft, useTurnDrafts } from './turns.store.ts'

/** What every form of an act is handed. */
export type TurnProps = {
  detail: ReviewDetail
  lease: LeaseHandle
  next: NextReview
  onClose: () => void
}

type Act<Reply> = {
  /** Names the act among the drafts of the review. */
  name: string
  /** Whether only the holder may: then it waits for a claim that is on its way. */
  needsLease?: boolean
  /** What is still missing, in words; null when it may be sent. */
  missing: (draft: TurnDraft) => string | null
  send: (draft: TurnDraft, version: number) => Promise<Reply>
  /** What happened, in one sentence. */
  told: (draft: TurnDraft, reply: Reply) => string
  /** The person goes on to the next review, unless it stays on the desk. */
  stays?: boolean
}

/** An act beside deciding: its draft, sending it, and what comes after. A refusal leaves everything where it was. */
export function useTurn<Reply>(
  { detail: { review }, lease, next, onClose }: TurnProps,
  { name, needsLease = true, missing, send, told, stays = false }: Act<Reply>,
) {
  const { t } = useTranslation('turns')
  const queryClient = useQueryClient()
  const key = `${review.id} ${name}`
  const [blank] = useState(blankTurn)
  const draft = useTurnDrafts(({ drafts }) => drafts[key]) ?? blank
  const [isMissing, setMissing] = useState(false)
  const [isWaiting, setWaiting] = useState(false)
  const { kind } = lease.state

  const act = useMutation({
    mutationFn: (sent: TurnDraft) => {
      const version = lease.state.kind === 'held' ? Math.max(lease.state.version, review.version) : review.version
      return send(sent, version)
    },
    onSuccess: (reply, sent) => {
      dropTurn(key)
      announce(told(sent, reply))
      void queryClient.invalidateQueries({ queryKey: ['reviews'] })
      onClose()
      // Whoever decides nothing has no next one.
      if (stays || kind === 'reading')
        return queryClient.invalidateQueries({ queryKey: reviewQuery(review.id).queryKey })
      lease.finish()
      void queryClient.invalidateQueries({ queryKey: reviewQuery(review.id).queryKey, refetchType: 'none' })
      next.open()
      return undefined
    },
    // What became of it meanwhile is on the desk before the next try.
    onError: () => void queryClient.invalidateQueries({ queryKey: reviewQuery(review.id).queryKey }),
  })

  function submit() {
    if (act.isPending) return
    const lacks = missing(draft)
    setMissing(lacks !== null)
    if (lacks !== null) return
    if (needsLease && kind === 'claiming') return setWaiting(true)
    setWaiting(false)
    act.mutate(draft)
  }
  const sendWaiting = useEffectEvent(() => isWaiting && submit())
  useEffect(() => {
    if (kind !== 'claiming') sendWaiting()
  }, [kind])

  return {
    draft,
    change: (change: Partial<Omit<TurnDraft, 'clientId'>>) => {
      const present = useTurnDrafts.getState().drafts[key] ?? blank
      keepTurn(key, present, change)
      act.reset()
    },
    form: {
      isSending: act.isPending || isWaiting,
      problem: isMissing ? missing(draft) : act.error ? `${refusalOf(act.error, t)} ${t('kept')}` : null,
      onSend: submit,
      onClose,
    },
  }
}

const worded = [
  'not_found',
  'forbidden',
  'already_decided',
  'held_by_other',
  'lease_lost',
  'version_changed',
  'not_on_hold',
  'not_escalated',
  'cannot_take',
  'too_many_held',
] as const

/** What happened to it, and who did it. */
export function refusalOf(error: unknown, t: TFunction<'turns'>): string {
  if (!(error instanceof ApiError)) return t('fail.offline')
  const { code, conflict, issues } = error.body
  if (code === 'invalid_request')
    return t('fail.invalid_request', { why: issues?.map(({ message }) => message).join(' ') ?? '' })
  const known = worded.find((each) => each === code)
  return known ? t(`fail.${known}`, { who: conflict?.byName ?? t('somebody') }) : t('fail.server')
}
