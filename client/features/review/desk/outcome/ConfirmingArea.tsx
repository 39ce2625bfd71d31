import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, call } from '#client/api/call.ts'
import { useNameOf } from '#client/api/choices.ts'
import { useMay, useSession } from '#client/api/session.ts'
import { announce } from '#client/ui/announce.tsx'
import { useClock } from '#client/ui/clock.ts'
import { Face } from '#client/ui/Face.tsx'
import { useFormat } from '#client/ui/format.ts'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import { confirmProposal, type Proposal, refuseProposal, withdrawProposal } from '#shared/contract/confirming.ts'
import type { ReviewDetail, Snapshot } from '#shared/contract/reviews.ts'
import { keepConfirmed } from '../../flow/sending.ts'
import { reviewQuery } from '../../review.queries.ts'
import css from '../decision/decision.module.css'
import type { Policies } from '../decision/decision-draft.ts'
import { ProposalFacts } from './ProposalFacts.tsx'

type Props = {
  detail: ReviewDetail
  /** On the screen. */
  seen: Snapshot
  proposal: Proposal
  policies: Policies
  /** Null for those who decide nothing. */
  onNext: (() => void) | null
  notice: string | null
  back: ReactNode
}

/** What somebody proposed, as a whole, beside the content: a second person confirms or refuses it, the first may take it back. */
export function ConfirmingArea({ detail, seen, proposal, policies, onNext, notice, back }: Props) {
  const { t } = useTranslation('judging')
  const { t: review } = useTranslation('review')
  const format = useFormat()
  const nameOf = useNameOf()
  const { person } = useSession()
  const me = person.id
  const mayConfirm = useMay('decision.confirm')
  const [isRefusing, setRefusing] = useState(false)
  const acts = useActs(detail, seen, proposal)
  const isMine = proposal.proposedById === me
  const isSecond = mayConfirm && !isMine
  const isSame = detail.review.version === proposal.version && seen.id === proposal.snapshotId
  const who = isMine ? person.name : nameOf(proposal.proposedById)
  const ago = useClock((now) => format.span(Math.max(0, now - Date.parse(proposal.proposedAt))))
  const { isPending } = acts
  useKeys(
    isSecond && !isRefusing && !isPending
      ? { ...(isSame && { accept: acts.confirm }), refuse: () => setRefusing(true) }
      : {},
  )
  return (
    <section className={css.record} aria-label={t('confirm.title')} aria-busy={isPending}>
      <div className="row">
        <Face id={proposal.proposedById} name={who} size={26} isPlain />
        <div className="col">
          <h2>{t('confirm.title')}</h2>
          <span className="sm t2">{t(isMine ? 'confirm.mine' : 'confirm.proposedBy', { who, ago })}</span>
        </div>
      </div>
      <ProposalFacts proposal={proposal} policies={policies} />
      {isSame ? null : <p className="sm warn">{t('confirm.changed')}</p>}
      {acts.failure ? (
        <p className="sm bad" role="alert">
          {acts.failure}
        </p>
      ) : null}
      {notice ? <p className="sm bad">{notice}</p> : null}
      {isSecond && isRefusing ? (
        <Refusing isSending={isPending} onRefuse={acts.refuse} onCancel={() => setRefusing(false)} />
      ) : null}
      {isSecond && !isRefusing ? (
        <div className="row">
          <Button
            className="grow"
            variant="filled"
            h={34}
            disabled={!isSame || isPending}
            onClick={acts.confirm}
            rightSection={<KeyCap action="accept" />}
          >
            {t('confirm.confirm')}
          </Button>
          <Button
            h={34}
            disabled={isPending}
            onClick={() => setRefusing(true)}
            rightSection={<KeyCap action="refuse" />}
          >
            {t('confirm.refuse')}
          </Button>
        </div>
      ) : null}
      <div className="row">
        {isMine ? (
          <Button h={34} disabled={isPending} onClick={acts.withdraw}>
            {t('confirm.withdraw')}
          </Button>
        ) : null}
        {onNext ? (
          <Button className="grow" h={34} onClick={onNext}>
            {review('conflict.next')}
          </Button>
        ) : null}
        {back}
      </div>
    </section>
  )
}

/** Each act is sent with one id however often it is tried. What it came to is read again. */
function useActs({ review }: ReviewDetail, seen: Snapshot, proposal: Proposal) {
  const { t } = useTranslation('judging')
  const queryClient = useQueryClient()
  const [clientId] = useState(() => crypto.randomUUID())
  const params = { proposalId: proposal.id }
  const { reference, version } = review

  function reread() {
    void queryClient.invalidateQueries({ queryKey: reviewQuery(review.id).queryKey })
    void queryClient.invalidateQueries({ queryKey: ['reviews'] })
  }
  const act = useMutation({
    mutationFn: async (send: () => Promise<string>) => announce(await send()),
    onSettled: reread,
  })
  return {
    isPending: act.isPending,
    failure: act.error ? failureOf(act.error, t) : null,
    confirm: () =>
      act.mutate(async () => {
        const body = { clientId, version, snapshotId: seen.id }
        const { decision, version: decided } = await call(confirmProposal, { params, body })
        keepConfirmed(review, proposal, decision, decided)
        return t('confirm.done', { reference })
      }),
    refuse: (reason: string) =>
      act.mutate(async () => {
        await call(refuseProposal, { params, body: { clientId: crypto.randomUUID(), version, reason } })
        return t('confirm.refused', { reference })
      }),
    withdraw: () =>
      act.mutate(async () => {
        await call(withdrawProposal, { params, body: { clientId } })
        return t('confirm.withdrawn', { reference })
      }),
  }
}

const worded = ['proposal_ended', 'snapshot_changed', 'version_changed', 'own_proposal', 'forbidden'] as const

function failureOf(error: unknown, t: ReturnType<typeof useTranslation<'judging'>>['t']): string {
  if (!(error instanceof ApiError)) return t('confirm.fail.offline')
  const { code, conflict, issues = [] } = error.body
  if (code === 'invalid_request')
    return t('confirm.fail.invalid_request', { why: issues.map(({ message }) => message).join(' ') })
  const known = worded.find((each) => each === code)
  return known ? t(`confirm.fail.${known}`, { who: conflict?.byName ?? '' }) : t('confirm.fail.offline')
}

type RefusingProps = { isSending: boolean; onRefuse: (reason: string) => void; onCancel: () => void }

function Refusing({ isSending, onRefuse, onCancel }: RefusingProps) {
  const { t } = useTranslation('judging')
  const field = useRef<HTMLTextAreaElement>(null)
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  useEffect(() => field.current?.focus(), [])

  function send() {
    if (isSending) return
    if (reason.trim()) onRefuse(reason.trim())
    else setMissing(true)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') {
      event.stopPropagation()
      return onCancel()
    }
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    send()
  }
  return (
    <div className="col" style={{ gap: 8 }}>
      <Textarea
        ref={field}
        label={t('confirm.reason')}
        rows={3}
        maxLength={1_000}
        value={reason}
        readOnly={isSending}
        error={isMissing && !reason.trim() ? t('confirm.reasonMissing') : null}
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className="row">
        <Button
          className="grow"
          variant="filled"
          h={34}
          loading={isSending}
          onClick={send}
          rightSection={<KeyCap action="submitFromNote" />}
        >
          {t('confirm.refuse')}
        </Button>
        <Button h={34} onClick={onCancel}>
          {t('confirm.cancel')}
        </Button>
      </div>
    </div>
  )
}
