import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { addressOf } from '#client/api/call.ts'
import { peopleQuery, policiesQuery } from '#client/api/reference-data.ts'
import { useSession } from '#client/api/session.ts'
import { Caption } from '#client/ui/Caption.tsx'
import { Due } from '#client/ui/Due.tsx'
import { Face } from '#client/ui/Face.tsx'
import { OutcomeBadge } from '#client/ui/OutcomeBadge.tsx'
import { Priority } from '#client/ui/Priority.tsx'
import { Sources } from '#client/ui/Sources.tsx'
import { StatusBadge } from '#client/ui/StatusBadge.tsx'
import { Thumb } from '#client/ui/Thumb.tsx'
import { LangTag, PlatformTag } from '#client/ui/tags.tsx'
import { Ago } from '#client/ui/time.tsx'
import { getMedia } from '#shared/contract/media.ts'
import type { ReviewRow } from '#shared/contract/reviews.ts'
import { usePriorityTerms } from '../priority-terms.ts'
import { listOf } from '../queue.search.ts'
import css from './queue.module.css'

const route = getRouteApi('/shell/queue')

type Props = { row: ReviewRow }

export function PreviewCell({ row: { media } }: Props) {
  const isReady = media.first !== null && media.firstState === 'ready'
  const src = isReady ? addressOf(getMedia, { params: { sha256: media.first!, variant: 'thumbnail' } }) : null
  return <Thumb src={src} count={media.count} />
}

export function CaptionCell({ row }: Props) {
  const { t } = useTranslation('queue')
  const search = route.useSearch()
  const { captionExcerpt: caption, language } = row
  const missing = t(row.subject === 'account' ? 'row.account' : 'row.noCaption')
  return (
    <>
      <Link
        to="/reviews/$reviewId"
        params={{ reviewId: row.id }}
        search={listOf(search)}
        className={css.open}
        tabIndex={-1}
        preload={false}
      >
        {caption.trim() ? (
          <Caption text={caption} lang={language} isLine />
        ) : (
          <span className={`${css.first} t3`}>{missing}</span>
        )}
      </Link>
      <span className={css.second}>
        <LangTag code={language} />
        <span className="mono">{row.reference}</span>
      </span>
    </>
  )
}

export function AccountCell({ row }: Props) {
  return (
    <>
      <bdi className={`${css.first} cut`}>{row.handle}</bdi>
      <span className={css.second}>
        <PlatformTag platform={row.platform} />
        <StatusBadge status={row.isNewAccount && row.accountStatus === 'active' ? 'new' : row.accountStatus} bare />
      </span>
    </>
  )
}

export function SuspectedCell({ row }: Props) {
  const { t } = useTranslation('queue')
  const { data: policies } = useQuery(policiesQuery)
  const clause = row.policy ? policies?.get(row.policy) : undefined
  return (
    <>
      <span className={`${css.first} cut`} title={clause?.current.label}>
        {clause ? (
          <>
            <b className="b num">{clause.code}</b> <span className="t2">{clause.shortName}</span>
          </>
        ) : (
          <span className="t3">{row.policy ?? t('policy.unsorted')}</span>
        )}
      </span>
      <span className={css.second}>
        <span className="num">{t('row.flags', { count: row.flagCount })}</span>
        <Sources of={row.sources} />
      </span>
    </>
  )
}

export function PriorityCell({ row }: Props) {
  const terms = usePriorityTerms()
  return <Priority score={row.priority} terms={terms(row.priorityTerms)} />
}

/** While it waits: when it is due and how old it is. Afterwards: when it was decided. */
export function DueCell({ row }: Props) {
  return (
    <>
      <span className={css.first}>{row.decidedAt ? <Ago at={row.decidedAt} /> : <Due at={row.dueAt} />}</span>
      <span className={css.second}>{row.decidedAt ? null : <Ago at={row.openedAt} as="age" />}</span>
    </>
  )
}

export function StateCell({ row }: Props) {
  const { t } = useTranslation('queue')
  const { t: ui } = useTranslation('ui')
  const me = useSession().person.id
  const { data: people } = useQuery(peopleQuery)
  const personId = row.holderId ?? row.decidedById
  const name = personId ? (people?.get(personId)?.name ?? '') : ''
  const state = row.state === 'open' && row.holderId ? 'claimed' : row.state
  return (
    <>
      <span className={css.first}>
        {row.outcome ? <OutcomeBadge outcome={row.outcome} bare /> : ui(`state.${state}`)}
      </span>
      <span className={css.second}>
        {personId ? (
          <>
            <Face id={personId} name={name} size={15} isPlain />
            <span className="cut">{personId === me ? t('row.you') : name.split(' ')[0]}</span>
          </>
        ) : null}
      </span>
    </>
  )
}
