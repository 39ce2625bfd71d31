import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { peopleQuery } from '#client/api/reference-data.ts'
import { useMay, useSession } from '#client/api/session.ts'
import { useClock } from '#client/ui/clock.ts'
import type { DecisionRecord } from '#shared/contract/decisions.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import { rememberDecision } from '../../review.store.ts'
import type { Policies } from '../decision/decision-draft.ts'
import { CorrectionPanel } from './CorrectionPanel.tsx'
import { DecisionRecordPanel } from './DecisionRecordPanel.tsx'

type Props = {
  detail: ReviewDetail
  /** As it was just recorded; the review may not have been read again since. */
  decision: DecisionRecord
  policies: Policies
  suspected: readonly string[]
  onNext: (() => void) | null
  onPolicyText: () => void
  notice: string | null
  back: ReactNode
}

/** A decided review: the record, what it stands in place of, and the way to correct it. */
export function DecidedArea({ detail, decision, policies, suspected, onNext, onPolicyText, notice, back }: Props) {
  const { t } = useTranslation('review')
  const { data: people } = useQuery(peopleQuery)
  const [correcting, setCorrecting] = useState<string | null>(null)
  const [corrected, setCorrected] = useState<DecisionRecord | null>(null)
  const made = corrected ?? decision
  const [newest] = detail.decisions
  // What was read since may know more of it, or know a later one.
  const standing = newest && newest.decidedAt >= made.decidedAt ? newest : made
  const mayCorrect = useMayCorrect(standing, detail.correctMs)
  const who = standing.decidedById ? (people?.get(standing.decidedById)?.name ?? standing.decidedById) : t('system')

  if (correcting === standing.id) {
    return (
      <CorrectionPanel
        review={detail.review}
        key={standing.id}
        reviewId={detail.review.id}
        corrected={standing}
        policies={policies}
        suspected={suspected}
        hasPost={detail.post !== null}
        who={who}
        onPolicyText={onPolicyText}
        onDone={(decision) => {
          setCorrected(decision)
          rememberDecision(decision)
          setCorrecting(null)
        }}
        onCancel={() => setCorrecting(null)}
      />
    )
  }
  return (
    <DecisionRecordPanel
      decision={standing}
      earlier={detail.decisions.filter(({ id, decidedAt }) => id !== standing.id && decidedAt <= standing.decidedAt)}
      policies={policies}
      onNext={onNext}
      onCorrect={mayCorrect ? () => setCorrecting(standing.id) : null}
      notice={notice}
      back={back}
    />
  )
}

/** Supervisors any decision, whoever decided their own for some time: as the server has it, which has the last word. */
function useMayCorrect({ decidedById, decidedAt }: DecisionRecord, correctMs = 0) {
  const mayDecide = useMay('review.decide')
  const mayAny = useMay('decision.supersede')
  const { person } = useSession()
  const until = Date.parse(decidedAt) + correctMs
  const isInTime = useClock((now) => String(now < until)) === 'true'
  return mayAny || (mayDecide && decidedById === person.id && isInTime)
}
