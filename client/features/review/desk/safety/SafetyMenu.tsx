import { ActionIcon } from '@mantine/core'
import { IconShieldExclamation } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useSession } from '#client/api/session.ts'
import { useMenu } from '#client/ui/hanging.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { ReviewRow, SnapshotMedia } from '#shared/contract/reviews.ts'
import type { LeaseHandle } from '../use-lease.ts'
import type { NextReview } from '../use-next.ts'
import type { Mark } from './RestrictForm.tsx'

const SafetyChoice = lazy(async () => ({ default: (await import('./SafetyChoice.tsx')).SafetyChoice }))
const RaiseForm = lazy(async () => ({ default: (await import('./RaiseForm.tsx')).RaiseForm }))
const RestrictForm = lazy(async () => ({ default: (await import('./RestrictForm.tsx')).RestrictForm }))

type Props = {
  review: ReviewRow
  /** The file on the stage. */
  file: SnapshotMedia | undefined
  lease: LeaseHandle
  next: NextReview
}

/** What cannot wait for a decision: a threat to life, and what nobody else should see. */
export function SafetyMenu({ review, file, lease, next }: Props) {
  const { t } = useTranslation('safety')
  const mayRaise = useMay('threat.raise')
  const mayRestrict = useMay('media.restrict')
  const { scope } = useSession()
  const [isRaising, setRaising] = useState(false)
  const [mark, setMark] = useState<Mark | null>(null)
  const { target, hang } = useMenu({ position: 'bottom-end', width: 260 })
  useKeys(mayRaise ? { threat: () => setRaising(true) } : {})
  if (!mayRaise && !mayRestrict) return null
  return (
    <>
      <ActionIcon aria-label={t('menu')} title={t('menu')} {...target}>
        <IconShieldExclamation size={16} aria-hidden />
      </ActionIcon>
      {hang(
        <SafetyChoice
          review={review}
          file={file}
          seesRestricted={scope.seesRestricted}
          onThreat={mayRaise ? () => setRaising(true) : null}
          onMark={mayRestrict ? setMark : null}
        />,
      )}
      <Suspense fallback={null}>
        {isRaising ? <RaiseForm reviewId={review.id} onClose={() => setRaising(false)} /> : null}
        {mark ? (
          <RestrictForm review={review} mark={mark} lease={lease} next={next} onClose={() => setMark(null)} />
        ) : null}
      </Suspense>
    </>
  )
}
