import { useQuery } from '@tanstack/react-query'
import { Link, linkOptions, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { peopleQuery } from '#client/api/reference-data.ts'
import { Faithful } from '#client/ui/caption/Faithful.tsx'
import { hueOf, initialsOf } from '#client/ui/Face.tsx'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { StatusBadge } from '#client/ui/StatusBadge.tsx'
import { PlatformTag } from '#client/ui/tags.tsx'
import { DateTime } from '#client/ui/time.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import { AccountNote } from '../notes/AccountNote.tsx'
import { causeInWords } from './cause.ts'
import { EarlierDecisions } from './EarlierDecisions.tsx'
import { dayForm } from './moments.ts'
import { PriorCells } from './PriorCells.tsx'
import { StatusHistory } from './StatusHistory.tsx'
import { StatusTimeline } from './StatusTimeline.tsx'
import { Strikes } from './Strikes.tsx'
import css from './standing.module.css'

/** Who this is, what state the account is in and why, what happened before. Always in the same place and order. */
export function Standing({ detail }: { detail: ReviewDetail }) {
  const { t } = useTranslation('review')
  const { data: people } = useQuery(peopleQuery)
  const { account, snapshot, post } = detail
  const opened = account.createdAt ?? account.firstSeenAt
  const navigate = useNavigate()
  const page = linkOptions({ to: '/accounts/$accountId', params: { accountId: account.id } })
  useKeys({ account: () => void navigate(page) })
  return (
    <section className={css.standing} aria-label={t('account.title')}>
      <div className="row">
        <span className={css.avatar} style={{ background: `oklch(0.45 0.05 ${hueOf(account.id)})` }} aria-hidden>
          {initialsOf(account.displayName ?? account.handle)}
        </span>
        <div className="col grow">
          <span className="row6">
            <Link className={`b cut ${css.handle}`} {...page} title={account.externalId}>
              <bdi dir="auto">
                <Faithful text={account.handle} isPlain />
              </bdi>
            </Link>
            <KeyCap action="account" />
            <PlatformTag platform={account.platform} />
          </span>
          <span className="xs t3 cut">
            {account.displayName && account.displayName !== account.handle ? (
              <>
                <bdi dir="auto">
                  <Faithful text={account.displayName} isPlain />
                </bdi>
                {' · '}
              </>
            ) : null}
            {t(account.createdAt ? 'account.opened' : 'account.firstSeen')}{' '}
            <DateTime at={opened} form={dayForm(opened)} />
          </span>
        </div>
        {account.isNew ? <StatusBadge status="new" /> : null}
        <StatusBadge status={account.status} />
      </div>
      <Strikes detail={detail} />
      <AccountNote notes={account.notes} />
      <div className={css.cause}>
        <p className="sm t2 grow">
          {account.statusSince ? (
            <>
              {t(`account.since.${account.status}`)} <DateTime at={account.statusSince} form="date" />
            </>
          ) : null}
          {account.statusSince && account.statusCause ? ': ' : null}
          {account.statusCause ? <span dir="auto">{causeInWords(account.statusCause, t)}</span> : null}
        </p>
        {account.history.length > 0 ? <StatusHistory account={account} /> : null}
      </div>
      {snapshot.accountStatus === account.status ? null : (
        <p className="xs t3">
          {t('account.atCapture')} <StatusBadge status={snapshot.accountStatus} bare />
        </p>
      )}
      <StatusTimeline account={account} postedAt={post?.postedAt ?? null} />
      <PriorCells decisions={account.decisions} />
      <EarlierDecisions account={account} nameOf={(id) => people?.get(id)?.name ?? id} />
      {account.openReviews > 0 ? (
        <p className="xs t2">{t('account.openReviews', { count: account.openReviews })}</p>
      ) : null}
    </section>
  )
}
