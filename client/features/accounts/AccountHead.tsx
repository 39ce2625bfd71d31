import { useTranslation } from 'react-i18next'
import { hueOf, initialsOf } from '#client/ui/Face.tsx'
import { useFormat } from '#client/ui/format.ts'
import { ButtonLink, Drill } from '#client/ui/links.tsx'
import { StatusBadge } from '#client/ui/StatusBadge.tsx'
import { PlatformTag } from '#client/ui/tags.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { AccountDetail, Count } from '#shared/contract/accounts.ts'
import css from './accounts.module.css'

/** Who this is, in what state, and the figures that open their rows. */
export function AccountHead({ account }: { account: AccountDetail }) {
  const { t } = useTranslation('accounts')
  const { handle, displayName, counts, removed, appeals, nextReviewId } = account
  const since = account.createdAt ?? account.firstSeenAt
  return (
    <header className={css.head}>
      <span className={css.avatar} style={{ background: `oklch(0.45 0.05 ${hueOf(account.id)})` }} aria-hidden>
        {initialsOf(displayName ?? handle)}
      </span>
      <div className="col grow">
        <span className="row wrap">
          <h1>
            <bdi dir="auto">{handle}</bdi>
          </h1>
          <PlatformTag platform={account.platform} />
          {account.isNew ? <StatusBadge status="new" /> : null}
          <StatusBadge status={account.status} />
        </span>
        <span className="row6 wrap sm t2">
          {displayName && displayName !== handle ? <bdi dir="auto">{displayName}</bdi> : null}
          <span className="mono t3">{account.externalId}</span>
          <span className="t3">
            {t(account.createdAt ? 'opened' : 'firstSeen')} <DateTime at={since} form="date" />
          </span>
        </span>
      </div>
      <dl className={css.figures}>
        <Figure name={t('figure.flags')} count={counts.flags} to="/flags" accountId={account.id} />
        <Figure name={t('figure.posts')} count={counts.posts} />
        <Figure name={t('figure.removed')} count={removed} />
        <Figure name={t('figure.decisions')} count={counts.decisions} to="/decisions" accountId={account.id} />
        {appeals && appeals.value > 0 ? (
          <Figure name={t('figure.appeals')} count={appeals} to="/appeals" accountId={account.id} />
        ) : null}
      </dl>
      {nextReviewId ? (
        <ButtonLink variant="filled" to="/reviews/$reviewId" params={{ reviewId: nextReviewId }}>
          {t('review', { count: counts.openReviews.value })}
        </ButtonLink>
      ) : null}
    </header>
  )
}

type FigureProps = { name: string; count: Count; to?: '/flags' | '/decisions' | '/appeals'; accountId?: string }

function Figure({ name, count, to, accountId }: FigureProps) {
  const format = useFormat()
  const value = `${format.number(count.value)}${count.exact ? '' : '+'}`
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num b">
        {to && accountId && count.value > 0 ? (
          <Drill to={to} search={{ account: accountId, ...(to === '/appeals' && { tab: 'all' }) }}>
            {value}
          </Drill>
        ) : (
          value
        )}
      </dd>
    </div>
  )
}
