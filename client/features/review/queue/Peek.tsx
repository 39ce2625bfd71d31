import { ActionIcon, Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconArrowBarRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '#client/api/reference-data.ts'
import { useMay } from '#client/api/session.ts'
import { Caption } from '#client/ui/Caption.tsx'
import { CopyId } from '#client/ui/CopyId.tsx'
import { Due } from '#client/ui/Due.tsx'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { PriorityTerms } from '#client/ui/Priority.tsx'
import { Sources, sourceIcon } from '#client/ui/Sources.tsx'
import { StatusBadge } from '#client/ui/StatusBadge.tsx'
import { LangTag, PlatformTag } from '#client/ui/tags.tsx'
import { Ago, DateTime } from '#client/ui/time.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { FlagGroup, ReviewDetail, ReviewRow } from '#shared/contract/reviews.ts'
import { SourceKind } from '#shared/domain/words.ts'
import { usePriorityTerms } from '../priority-terms.ts'
import { withFilter } from '../queue.search.ts'
import { reviewQuery } from '../review.queries.ts'
import { usePlacement } from '../use-placement.ts'
import { useList } from './list-context.ts'
import css from './Peek.module.css'
import { PeekMedia } from './PeekMedia.tsx'

/** Milliseconds the cursor must rest on a row before more than the row is asked for. */
const restMs = 180

type Props = { row: ReviewRow; onOpen: () => void; onClose: () => void }

/** The review under the cursor without claiming it: redacted as everywhere, nothing of it is recorded as seen. */
export function Peek({ row, onOpen, onClose }: Props) {
  const { t } = useTranslation('queue')
  const mayDecide = useMay('review.decide')
  const { fates } = useList()
  const [restedId] = useDebouncedValue(row.id, restMs)
  const isGone = fates.get(row.id) === null
  const { data, isError } = useQuery({ ...reviewQuery(restedId), enabled: restedId === row.id && !isGone })
  const detail = data?.review.id === row.id ? data : undefined
  const isClaim = mayDecide && row.state !== 'decided' && row.holderId === null
  return (
    <aside className={css.peek} aria-label={t('peek.label', { reference: row.reference })}>
      <div className={css.head}>
        <CopyId id={row.reference} />
        <span className="push">{row.decidedAt ? null : <Due at={row.dueAt} />}</span>
        <ActionIcon aria-label={t('peek.close')} onClick={onClose}>
          <IconArrowBarRight size={15} className="flip" />
        </ActionIcon>
      </div>
      {isGone ? (
        <p className={`${css.body} t3`}>{t('fate.gone')}</p>
      ) : (
        <div className={css.body}>
          <PeekMedia row={row} media={detail?.snapshot.media ?? null} />
          <Post row={row} detail={detail} />
          {detail ? (
            <WhyFlagged groups={detail.flags} />
          ) : isError ? (
            <p className="bad sm">{t('peek.failed')}</p>
          ) : null}
          {detail ? <Standing detail={detail} /> : isError ? null : <SkeletonText lines={3} />}
          <Terms row={row} />
          <Facts row={row} detail={detail} />
        </div>
      )}
      <div className={css.foot}>
        <Button
          variant="filled"
          className="grow"
          disabled={isGone}
          onClick={onOpen}
          rightSection={<KeyCap action="enter" />}
        >
          {t(isClaim ? 'peek.claim' : 'peek.open')}
        </Button>
      </div>
    </aside>
  )
}

function Post({ row, detail }: { row: ReviewRow; detail: ReviewDetail | undefined }) {
  const { t } = useTranslation('queue')
  const { hitsIn } = useList()
  const caption = detail?.snapshot.caption ?? row.captionExcerpt
  return (
    <section className="col" style={{ gap: 5 }}>
      <div className="row6">
        <bdi className="b cut">{row.handle}</bdi>
        <PlatformTag platform={row.platform} />
        <StatusBadge status={row.isNewAccount && row.accountStatus === 'active' ? 'new' : row.accountStatus} />
        <span className="push xs t3">
          <Ago at={row.postedAt ?? row.openedAt} />
        </span>
      </div>
      {caption.trim() ? (
        <Caption text={caption} lang={row.language} className={css.caption ?? ''} marks={hitsIn?.(caption) ?? []} />
      ) : (
        <p className="t3">{t(row.subject === 'account' ? 'row.account' : 'row.noCaption')}</p>
      )}
      <span className="row6 xs t3">
        <LangTag code={row.language} />
        {row.claimedPlace ? <bdi className="cut">{row.claimedPlace}</bdi> : null}
      </span>
    </section>
  )
}

function WhyFlagged({ groups }: { groups: FlagGroup[] }) {
  const { t } = useTranslation('queue')
  const { t: ui } = useTranslation('ui')
  const { data: policies } = useQuery(policiesQuery)
  const ordered = SourceKind.options.flatMap((kind) => groups.filter((group) => group.kind === kind))
  const reasonsOf = ({ reasons }: FlagGroup) => [
    ...new Set(reasons.map(({ code, policy }) => (policy ? (policies?.get(policy)?.shortName ?? policy) : code))),
  ]
  return (
    <section className="rule" aria-label={t('peek.why')}>
      <h2>{t('peek.why')}</h2>
      <ul className={css.why}>
        {ordered.map((group) => {
          const Glyph = sourceIcon[group.kind]
          return (
            <li key={group.kind}>
              <Glyph size={14} stroke={1.8} aria-hidden />
              <span className="b">
                {ui(`source.${group.kind}`)}
                {group.count > 1 ? <span className="num"> {group.count}</span> : null}
              </span>
              <span className="t3 xs end">
                <DateTime at={group.latestAt} form="short" />
              </span>
              <span className={`${css.reasons} t2`}>
                <bdi>{reasonsOf(group).slice(0, 3).join(', ')}</bdi>
                {group.maxScore === null ? null : `, ${t('peek.score', { score: group.maxScore.toFixed(2) })}`}
                {group.text ? (
                  <q dir="auto" className={css.quote}>
                    {group.text}
                  </q>
                ) : null}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Standing({ detail: { account, review } }: { detail: ReviewDetail }) {
  const { t } = useTranslation('queue')
  const { list } = useList()
  return (
    <section className="rule col sm" style={{ gap: 5 }} aria-label={t('peek.standing')}>
      <h2>{t('peek.standing')}</h2>
      <div className="row6">
        <StatusBadge status={account.status} />
        {account.statusSince ? (
          <span className="t3">
            <DateTime at={account.statusSince} form="date" />
          </span>
        ) : null}
        {account.isNew ? <StatusBadge status="new" /> : null}
      </div>
      <p className="t2">
        {account.decisionCount > 0 ? t('peek.earlier', { count: account.decisionCount }) : t('peek.noneEarlier')}
        {account.openReviews > 0 ? `, ${t('peek.waiting', { count: account.openReviews })}` : ''}
      </p>
      {list.account ? null : (
        <Link to="/queue" search={withFilter(list, 'account', review.accountId)}>
          {t('peek.onlyAccount')}
        </Link>
      )}
    </section>
  )
}

function Terms({ row }: { row: ReviewRow }) {
  const terms = usePriorityTerms()
  return (
    <section className="rule">
      <PriorityTerms score={row.priority} terms={terms(row.priorityTerms)} />
    </section>
  )
}

function Facts({ row, detail }: { row: ReviewRow; detail: ReviewDetail | undefined }) {
  const placementOf = usePlacement()
  const { t } = useTranslation('queue')
  const { t: ui } = useTranslation('ui')
  const { data: policies } = useQuery(policiesQuery)
  const clause = row.policy ? policies?.get(row.policy) : undefined
  return (
    <dl className={`${css.facts} rule`}>
      <dt>{t('column.suspected')}</dt>
      <dd>{clause ? `${clause.code} ${clause.shortName}` : t('policy.unsorted')}</dd>
      <dt>{t('facet.flags')}</dt>
      <dd className="num">
        {row.flagCount} <Sources of={row.sources} />
      </dd>
      <dt>{t('column.state')}</dt>
      <dd>{ui(`state.${row.state === 'open' && row.holderId ? 'claimed' : row.state}`)}</dd>
      {detail ? (
        <>
          <dt>{t('placed.name')}</dt>
          <dd className="end" dir="auto">
            {placementOf(detail.placement)}
          </dd>
        </>
      ) : null}
    </dl>
  )
}
