import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { redactedSrc, useLook } from '#client/api/look.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { useFormat } from '#client/ui/format.ts'
import { OutcomeBadge } from '#client/ui/OutcomeBadge.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { Thumb } from '#client/ui/Thumb.tsx'
import { DateTime } from '#client/ui/time.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { AccountPost } from '#shared/contract/accounts.ts'
import css from './accounts.module.css'
import { accountPostsQuery } from './accounts.queries.ts'

/** What was published and reviewed, redacted, each with what became of it. */
export function AccountPosts({ accountId }: { accountId: string }) {
  const { t } = useTranslation('accounts')
  const format = useFormat()
  const { data, isError, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    accountPostsQuery(accountId),
  )
  const count = data?.count
  return (
    <Panel
      title={t('posts.title')}
      side={
        count ? (
          <span className="sm t3 num">
            {format.number(count.value)}
            {count.exact ? '' : '+'}
          </span>
        ) : null
      }
    >
      {!data && !isError ? <SkeletonText lines={3} /> : null}
      {isError ? <p className="sm bad">{t('posts.failed')}</p> : null}
      {data?.posts.length === 0 ? <p className="sm t3">{t('posts.none')}</p> : null}
      <ul className={css.posts}>
        {data?.posts.map((post) => (
          <li key={post.id}>
            <Tile post={post} />
          </li>
        ))}
      </ul>
      {hasNextPage ? (
        <Button mt={10} loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('posts.more')}
        </Button>
      ) : null}
    </Panel>
  )
}

function Tile({ post }: { post: AccountPost }) {
  const { t } = useTranslation('accounts')
  const { data: policies } = useQuery(policiesQuery)
  const { media, review, decision } = post
  const look = useLook(post.policy ?? (decision ? undefined : null))
  const isReady = media.first !== null && media.firstState === 'ready'
  const src = isReady ? redactedSrc(media.first!, 'thumbnail', look) : null
  const tile = (
    <>
      {src ? (
        <Thumb src={src} count={media.count} width={104} height={78} />
      ) : (
        <span className={css.words} dir="auto" lang={post.language ?? undefined}>
          {post.captionExcerpt.trim() || post.externalId}
        </span>
      )}
      <span className="row4 xs">
        {post.postedAt ? <DateTime at={post.postedAt} form="date" /> : <span className="mono">{review.reference}</span>}
        <span className="push t3 num">{post.policy ? policies?.get(post.policy)?.code : null}</span>
      </span>
      <span className="xs">
        {decision ? (
          <OutcomeBadge outcome={decision.outcome} postMeasure={decision.postMeasure} bare />
        ) : (
          t(review.state === 'decided' ? 'posts.undecided' : 'posts.open')
        )}
      </span>
    </>
  )
  return decision ? (
    <Link className={css.tile} to="/decisions/$decisionId" params={{ decisionId: decision.id }}>
      {tile}
    </Link>
  ) : (
    <Link className={css.tile} to="/reviews/$reviewId" params={{ reviewId: review.id }}>
      {tile}
    </Link>
  )
}
