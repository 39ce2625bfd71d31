import { IconPencil, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '#client/ui/Badge.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { ReviewDetail, Snapshot } from '#shared/contract/reviews.ts'
import { Changes } from '../outcome/SnapshotChange.tsx'
import css from './post.module.css'

type Props = { post: ReviewDetail['post']; snapshot: Snapshot; other: Snapshot | null | undefined }

/** What became of the post after it was flagged: edited, gone, and how it showed itself at another time. */
export function Fate({ post, snapshot, other }: Props) {
  const { t } = useTranslation('review')
  const { editedAt, deletedAt } = post ?? {}
  if (!editedAt && !deletedAt && !other) return null
  const isLater = other ? other.capturedAt > snapshot.capturedAt : false
  return (
    <div className={css.fate}>
      <div className="row wrap">
        {deletedAt ? (
          <Badge tone="gone" icon={IconTrash}>
            {t('fate.deletedSince')} <DateTime at={deletedAt} form="short" />
          </Badge>
        ) : null}
        {editedAt ? (
          <Badge tone="warn" icon={IconPencil}>
            {t('fate.editedAt')} <DateTime at={editedAt} form="short" />
          </Badge>
        ) : null}
        {editedAt && !other ? <span className="xs t3">{t('fate.untold')}</span> : null}
      </div>
      {other ? (
        <details>
          <summary className="xs">{t(isLater ? 'fate.showLater' : 'fate.showEarlier')}</summary>
          <Changes {...(isLater ? { seen: snapshot, now: other } : { seen: other, now: snapshot })} />
        </details>
      ) : null}
    </div>
  )
}
