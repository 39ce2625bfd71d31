import { useTranslation } from 'react-i18next'
import { CopyId } from '#client/ui/CopyId.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { ReviewDetail, Snapshot } from '#shared/contract/reviews.ts'
import css from './post.module.css'

/** When, by whom and as what the post was captured, and where it stood. The link is text: nothing opens by accident. */
export function Capture({ post, snapshot }: { post: ReviewDetail['post']; snapshot: Snapshot }) {
  const { t } = useTranslation('review')
  const url = snapshot.url ?? post?.url
  return (
    <section className={css.capture} aria-label={t('post.capture')}>
      <span>
        {t('media.captured')} <DateTime at={snapshot.capturedAt} form="full" />,{' '}
        {t('post.source', { source: snapshot.sourceName })}
      </span>
      <span className="row4" title={t('post.snapshotHelp')}>
        {t('post.snapshot')} <CopyId id={snapshot.sha256} shown={`${snapshot.sha256.slice(0, 16)}…`} />
      </span>
      {url ? (
        <span className="row4">
          {t('post.link')} <CopyId id={url} />
        </span>
      ) : null}
    </section>
  )
}
