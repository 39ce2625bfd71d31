import { Button, Drawer } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorFacts } from '#client/api/call.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { Faithful } from '#client/ui/caption/Faithful.tsx'
import { useFormat } from '#client/ui/format.ts'
import { sourceIcon } from '#client/ui/Sources.tsx'
import { ErrorState } from '#client/ui/states.tsx'
import { DateTime } from '#client/ui/time.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { reviewFlagsQuery } from '../../review.queries.ts'
import css from './post.module.css'

type Props = { reviewId: ReviewId; count: number; onClose: () => void }

/** Every flag of the review, newest first, a page at a time. */
export function FlagList({ reviewId, count, onClose }: Props) {
  const { t } = useTranslation('review')
  const { t: ui } = useTranslation('ui')
  const format = useFormat()
  const { data: policies } = useQuery(policiesQuery)
  const flags = useInfiniteQuery(reviewFlagsQuery(reviewId))
  const rows = flags.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={420}
      title={t('why.all', { count, n: format.number(count) })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {flags.isPending ? <SkeletonText lines={8} /> : null}
      {flags.isError ? (
        <ErrorState title={t('why.failed')} {...errorFacts(flags.error)} onRetry={() => void flags.refetch()} />
      ) : null}
      <ul className={css.flags}>
        {rows.map((flag) => {
          const Glyph = sourceIcon[flag.source.kind]
          const clause = flag.policy ? policies?.get(flag.policy) : undefined
          return (
            <li key={flag.id}>
              <Glyph size={14} stroke={1.8} role="img" aria-label={ui(`source.${flag.source.kind}`)} />
              <div className="col">
                <span className="b">{clause ? `${clause.code} ${clause.shortName}` : flag.reasonCode}</span>
                <span className="t3 xs">
                  {flag.source.name} · <bdi>{flag.source.externalId}</bdi>
                  {flag.reporter && flag.reporterId ? (
                    <>
                      {' · '}
                      <Link to="/flags/reporters/$reporterId" params={{ reporterId: flag.reporterId }}>
                        {t('why.reporter', { name: flag.reporter })}
                      </Link>
                    </>
                  ) : null}
                  {flag.isTrusted ? ` · ${t('why.trusted')}` : ''}
                  {flag.setAsideAt ? ` · ${t('why.setAside')}` : ''}
                  {flag.score === null ? '' : ` · ${t('why.score', { score: format.number(flag.score) })}`}
                </span>
                {flag.text ? (
                  <div dir="auto">
                    <Faithful text={flag.text} />
                  </div>
                ) : null}
              </div>
              <span className="t3 xs">
                <DateTime at={flag.flaggedAt} form="short" />
              </span>
            </li>
          )
        })}
      </ul>
      {flags.hasNextPage ? (
        <Button fullWidth loading={flags.isFetchingNextPage} onClick={() => void flags.fetchNextPage()}>
          {t('why.more', { shown: format.number(rows.length), total: format.number(count) })}
        </Button>
      ) : null}
    </Drawer>
  )
}
