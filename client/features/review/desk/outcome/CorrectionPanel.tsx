import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode } from '#client/api/call.ts'
import type { DecisionRecord } from '#shared/contract/decisions.ts'
import type { ReviewDetail, ReviewId } from '#shared/contract/reviews.ts'
import { useSupersede } from '../../review.queries.ts'
import { dropDraft, keepDraft, useReviewStore } from '../../review.store.ts'
import { DecisionPanel } from '../decision/DecisionPanel.tsx'
import { changeDraft, correctionOf, draftOf, type Policies } from '../decision/decision-draft.ts'

type Props = {
  reviewId: ReviewId
  review: ReviewDetail['review']
  corrected: DecisionRecord
  policies: Policies
  suspected: readonly string[]
  hasPost: boolean
  who: string
  onPolicyText: () => void
  onDone: (decision: DecisionRecord) => void
  onCancel: () => void
}

const refusals = ['too_late', 'not_yours', 'already_superseded'] as const

/** The form of a decision, filled in as it was decided: what is changed here takes its place. */
export function CorrectionPanel({ reviewId, corrected, policies, hasPost, who, ...props }: Props) {
  const { t } = useTranslation('review')
  const [asDecided] = useState(() => draftOf(corrected))
  const draft = useReviewStore((state) => state.drafts[corrected.id]) ?? asDecided
  const supersede = useSupersede(reviewId)
  const code = errorCode(supersede.error)
  const refusal = refusals.find((each) => each === code)
  const cited = corrected.clause ? [corrected.clause.id] : []

  async function submit() {
    try {
      const body = correctionOf(draft, policies, corrected)
      const { decision } = await supersede.mutateAsync({ decisionId: corrected.id, ...body })
      dropDraft(corrected.id)
      props.onDone(decision)
    } catch {
      // Said beside the button.
    }
  }

  return (
    <DecisionPanel
      review={props.review}
      draft={draft}
      policies={policies}
      suspected={cited.length > 0 ? cited : props.suspected}
      hasPost={hasPost}
      corrected={corrected}
      isSending={supersede.isPending}
      failure={refusal ? null : supersede.error}
      correcting={
        <>
          <div className="row">
            <h2>{t('correct.title')}</h2>
            <Button className="push" size="compact-xs" onClick={props.onCancel}>
              {t('correct.cancel')}
            </Button>
          </div>
          <p className="xs t2">{t('correct.of', { who })}</p>
          {refusal ? (
            <p className="sm bad" role="alert">
              {t(`correct.failed.${refusal}`)}
            </p>
          ) : null}
        </>
      }
      onChange={(change) =>
        keepDraft(corrected.id, changeDraft(useReviewStore.getState().drafts[corrected.id] ?? asDecided, change))
      }
      onSubmit={() => void submit()}
      onPolicyText={props.onPolicyText}
    />
  )
}
