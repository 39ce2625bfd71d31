import { Button, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, errorCode } from '#client/api/call.ts'
import { useSession } from '#client/api/session.ts'
import { announce } from '#client/ui/announce.tsx'
import type { Sha256 } from '#shared/contract/media.ts'
import type { ReviewRow } from '#shared/contract/reviews.ts'
import { restrictMedia, restrictReview } from '#shared/contract/safety.ts'
import { reviewQuery } from '../../review.queries.ts'
import { dropDraft, dropNote } from '../../review.store.ts'
import type { LeaseHandle } from '../use-lease.ts'
import type { NextReview } from '../use-next.ts'

export type Mark = { of: 'review'; isRestricted: boolean } | { of: 'media'; sha256: Sha256; isRestricted: boolean }

type Props = { review: ReviewRow; mark: Mark; lease: LeaseHandle; next: NextReview; onClose: () => void }

/** Asks once more: whoever may not see what is restricted loses sight of it, and the desk goes on to the next. */
export function RestrictForm({ review, mark, lease, next, onClose }: Props) {
  const { t } = useTranslation('safety')
  const { scope } = useSession()
  const queryClient = useQueryClient()
  const [clientId] = useState(() => crypto.randomUUID())
  const set = useMutation({
    mutationFn: () => {
      const body = { clientId, isRestricted: mark.isRestricted }
      return mark.of === 'media'
        ? call(restrictMedia, { params: { sha256: mark.sha256 }, body })
        : call(restrictReview, { params: { reviewId: review.id }, body })
    },
    onSuccess: ({ isVisible }) => {
      void queryClient.invalidateQueries({ queryKey: ['reviews'] })
      onClose()
      if (isVisible) {
        announce(t(mark.isRestricted ? 'restrict.marked' : 'unrestrict.done'))
        return queryClient.invalidateQueries({ queryKey: reviewQuery(review.id).queryKey })
      }
      // The server has given it back: there is nothing left to release, nor to keep.
      lease.finish()
      dropDraft(review.id)
      dropNote(review.id)
      announce(t('restrict.done'), 'assertive')
      next.open()
      return undefined
    },
  })
  const title = mark.isRestricted ? t(`restrict.${mark.of}.title`) : t(`unrestrict.${mark.of}`)
  return (
    <Modal
      opened
      onClose={onClose}
      title={<span className="b">{title}</span>}
      closeButtonProps={{ 'aria-label': t('restrict.cancel') }}
    >
      <div className="col" style={{ gap: 12 }}>
        {mark.isRestricted ? (
          <>
            <p className="sm">{t(`restrict.${mark.of}.text`)}</p>
            {scope.seesRestricted ? null : <p className="sm b">{t('restrict.mine')}</p>}
          </>
        ) : null}
        {set.error ? (
          <p className="sm bad" role="alert">
            {t(errorCode(set.error) === 'not_found' ? 'restrict.gone' : 'restrict.failed')}
          </p>
        ) : null}
        <div className="row6">
          <Button data-autofocus variant="filled" loading={set.isPending} onClick={() => set.mutate()}>
            {mark.isRestricted ? t('restrict.do') : title}
          </Button>
          <Button onClick={onClose}>{t('restrict.cancel')}</Button>
        </div>
      </div>
    </Modal>
  )
}
