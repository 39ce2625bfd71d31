import { IconEye, IconShieldLock, IconUrgent } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { redactedSrc, useLook } from '#client/api/look.ts'
import { useViewers } from '#client/api/presence.ts'
import { peopleQuery, policiesQuery, queuesQuery } from '#client/api/reference-data.ts'
import { useSession } from '#client/api/session.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Caption, Marked } from '#client/ui/Caption.tsx'
import { Due } from '#client/ui/Due.tsx'
import { Face } from '#client/ui/Face.tsx'
import { useFormat } from '#client/ui/format.ts'
import { OutcomeBadge } from '#client/ui/OutcomeBadge.tsx'
import { Priority } from '#client/ui/Priority.tsx'
import { Sources } from '#client/ui/Sources.tsx'
import { StatusBadge } from '#client/ui/StatusBadge.tsx'
import { Thumb } from '#client/ui/Thumb.tsx'
import { LangTag, PlatformTag } from '#client/ui/tags.tsx'
import { Ago } from '#client/ui/time.tsx'
import type { ReviewRow } from '#shared/contract/reviews.ts'
import { usePriorityTerms } from '../priority-terms.ts'
import { useFateWords } from './fate-words.ts'
import { useList } from './list-context.ts'
import css from './queue.module.css'

type Props = { row: ReviewRow }

export function PreviewCell({ row: { media, isRestricted, policy } }: Props) {
  const look = useLook(policy)
  const isReady = media.first !== null && media.firstState === 'ready'
  const src = isReady ? redactedSrc(media.first!, 'thumbnail', look) : null
  const { isCompact } = useList()
  return (
    <Thumb
      src={src}
      count={media.count}
      isWithheld={isRestricted && media.count > 0}
      {...(isCompact && { width: 32, height: 24 })}
    />
  )
}

export function CaptionCell({ row }: Props) {
  const { t } = useTranslation('queue')
  const { list, fates, hitsIn } = useList()
  const fateOf = useFateWords()
  const { captionExcerpt: caption, language } = row
  const fate = fates.get(row.id)
  const missing = t(row.subject === 'account' ? 'row.account' : 'row.noCaption')
  return (
    <>
      <Link
        to="/reviews/$reviewId"
        params={{ reviewId: row.id }}
        search={list}
        className={css.open}
        tabIndex={-1}
        preload={false}
      >
        {caption.trim() ? (
          <Caption text={caption} lang={language} isLine marks={hitsIn?.(caption) ?? []} />
        ) : (
          <span className={`${css.first} t3`}>{missing}</span>
        )}
      </Link>
      <span className={css.second}>
        <span className={`row6 ${css.quiet}`}>
          <LangTag code={language} />
          <span className="mono">{row.reference}</span>
        </span>
        {row.threatAt ? (
          <Badge tone="bad" icon={IconUrgent} bare>
            {t('row.threat')}
          </Badge>
        ) : null}
        {row.isRestricted ? (
          <Badge tone="warn" icon={IconShieldLock} bare>
            {t('row.restricted')}
          </Badge>
        ) : null}
        {fate === undefined ? null : <b className="b t2 cut">{fateOf(fate)}</b>}
      </span>
    </>
  )
}

export function AccountCell({ row }: Props) {
  const { hitsIn } = useList()
  return (
    <>
      <Link
        to="/accounts/$accountId"
        params={{ accountId: row.accountId }}
        className={css.open}
        tabIndex={-1}
        preload={false}
      >
        <bdi className={`${css.first} cut`} title={row.displayName ?? undefined}>
          <Marked text={row.handle} marks={hitsIn?.(row.handle) ?? []} />
        </bdi>
      </Link>
      <span className={css.second}>
        <span className={css.quiet}>
          <PlatformTag platform={row.platform} />
        </span>
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
  const format = useFormat()
  // While nobody has it: whom it waits for.
  const { escalatedTo } = row
  const waitsFor = (escalatedTo && 'personId' in escalatedTo ? escalatedTo.personId : row.assigneeId) ?? null
  const isFor = row.holderId === null && row.decidedById === null && waitsFor !== null
  const personId = row.holderId ?? row.decidedById ?? waitsFor
  const role = personId === null && escalatedTo && 'role' in escalatedTo ? escalatedTo.role : null
  const wakeAt = row.state === 'on_hold' ? row.wakeAt : null
  const name = personId ? (people?.get(personId)?.name ?? '') : ''
  const who = personId === me ? t('row.you') : (name.split(' ')[0] ?? '')
  const isClaimed = row.state === 'open' && row.holderId !== null
  // Closed with its flags set aside: nobody decided.
  const isUndecided = row.state === 'decided' && row.outcome === null
  const state = isClaimed ? 'claimed' : isUndecided ? 'undecided' : row.state
  return (
    <>
      <span className={css.first}>
        {row.outcome ? <OutcomeBadge outcome={row.outcome} bare /> : ui(`state.${state}`)}
        <RowViewers row={row} me={me} />
      </span>
      <span className={css.second}>
        {personId ? (
          <>
            <Face id={personId} name={name} size={15} isPlain />
            <span
              className={`cut ${css.quiet}`}
              title={isFor ? t(row.state === 'escalated' ? 'row.escalated' : 'row.assigned', { name }) : undefined}
            >
              {isFor ? t('row.for', { who }) : who}
            </span>
          </>
        ) : null}
        {role ? <span className={`cut ${css.quiet}`}>{t('row.for', { who: t(`row.role.${role}`) })}</span> : null}
        {wakeAt && !personId ? (
          <span className={`cut ${css.quiet}`} title={t('row.wakes', { time: format.date(wakeAt) })}>
            {t('row.until', { time: untilText(wakeAt, format) })}
          </span>
        ) : null}
      </span>
    </>
  )
}

/** Today the time, later the day. */
function untilText(at: string, format: ReturnType<typeof useFormat>) {
  const isToday = format.date(at, 'date') === format.date(new Date(), 'date')
  return format.date(at, isToday ? 'time' : 'day')
}

/** Faces that find room beside the state. */
const mostViewers = 2

/** Who else has it on the screen, besides who holds it. */
function RowViewers({ row: { id, holderId }, me }: Props & { me: string }) {
  const { t } = useTranslation('queue')
  const viewers = useViewers(id).filter((each) => each !== me && each !== holderId)
  const { data: people } = useQuery({ ...peopleQuery, enabled: viewers.length > 0 })
  if (viewers.length === 0) return null
  const nameOf = (personId: string) => people?.get(personId)?.name ?? ''
  const names = t('row.viewing', { names: viewers.map(nameOf).join(', ') })
  return (
    <span className={css.viewers} role="img" aria-label={names} title={names}>
      <IconEye size={12} aria-hidden />
      {viewers.slice(0, mostViewers).map((personId) => (
        <Face key={personId} id={personId} name={nameOf(personId)} size={15} isPlain />
      ))}
    </span>
  )
}

export function QueueCell({ row }: Props) {
  const { data: queues } = useQuery(queuesQuery)
  return (
    <span className={`${css.first} cut`}>
      {queues?.items.find(({ id }) => id === row.queueId)?.name ?? row.queueId}
    </span>
  )
}

export function PlaceCell({ row }: Props) {
  return row.claimedPlace ? (
    <bdi className={`${css.first} cut`} title={row.claimedPlace}>
      {row.claimedPlace}
    </bdi>
  ) : null
}

export function PostedCell({ row }: Props) {
  return <span className={css.first}>{row.postedAt ? <Ago at={row.postedAt} /> : null}</span>
}

export function ReachCell({ row }: Props) {
  const format = useFormat()
  return <span className={`${css.first} num`}>{row.reach === null ? null : format.number(row.reach)}</span>
}

export function ScoreCell({ row }: Props) {
  return <span className={`${css.first} num`}>{row.score?.toFixed(2)}</span>
}

export function MediaCell({ row: { media } }: Props) {
  const { t } = useTranslation('queue')
  return <span className={`${css.first} cut`}>{media.kinds.map((kind) => t(`media.${kind}`)).join(', ')}</span>
}

export function ExemptionCell({ row }: Props) {
  const { data: policies } = useQuery(policiesQuery)
  const exemption = row.exemption ? policies?.get(row.exemption) : undefined
  return <span className={`${css.first} cut`}>{exemption?.shortName ?? row.exemption}</span>
}
