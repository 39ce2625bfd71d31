import { useTranslation } from 'react-i18next'
import { call } from '#client/api/call.ts'
import { useFormat } from '#client/ui/format.ts'
import { resumeReview } from '#shared/contract/turns.ts'
import { TurnForm } from './TurnForm.tsx'
import { type TurnProps, useTurn } from './use-turn.ts'

/** Before its time. It stays on the desk, which takes it. */
export function ResumeForm(props: TurnProps) {
  const { t } = useTranslation('turns')
  const format = useFormat()
  const { review, turn } = props.detail
  const { form } = useTurn(props, {
    name: 'resume',
    needsLease: false,
    missing: () => null,
    send: async ({ clientId }, version) => {
      await call(resumeReview, { params: { reviewId: review.id }, body: { clientId, version } })
      if (props.lease.state.kind !== 'reading') await props.lease.claim()
    },
    told: () => t('resume.done', { reference: review.reference }),
    stays: true,
  })
  const wakeAt = turn?.hold?.wakeAt ?? review.wakeAt
  return (
    <TurnForm
      title={t('resume.title')}
      about={wakeAt ? [t('resume.about', { time: format.date(wakeAt, 'short') })] : undefined}
      send={t('resume.act')}
      {...form}
    />
  )
}
