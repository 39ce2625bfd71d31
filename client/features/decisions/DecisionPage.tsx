import { IconArrowLeft, IconGavel, IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorCode, errorFacts } from '#client/api/call.ts'
import { redactedSrc, useLook } from '#client/api/look.ts'
import { CopyId } from '#client/ui/CopyId.tsx'
import { CaptionText } from '#client/ui/caption/CaptionText.tsx'
import { Faithful } from '#client/ui/caption/Faithful.tsx'
import { HiddenNote } from '#client/ui/caption/HiddenNote.tsx'
import { ButtonLink } from '#client/ui/links.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { EmptyState, ErrorState } from '#client/ui/states.tsx'
import { Thumb } from '#client/ui/Thumb.tsx'
import { LangTag } from '#client/ui/tags.tsx'
import { DateTime } from '#client/ui/time.tsx'
import { SkeletonText } from '#client/ui/waiting.tsx'
import type { DecisionDetail } from '#shared/contract/decision-list.ts'
import type { SnapshotMedia } from '#shared/contract/reviews.ts'
import { AppealsOf } from './AppealsOf.tsx'
import { DecisionFacts } from './DecisionFacts.tsx'
import css from './decisions.module.css'
import { decisionQuery } from './decisions.queries.ts'
import { FlagsThen } from './FlagsThen.tsx'
import { NotesThen } from './NotesThen.tsx'

/** A decision, and the review as it was when it was taken. Nothing here can be changed. */
export function DecisionPage() {
  const { t } = useTranslation('decisions')
  const { decisionId = '' } = useParams({ strict: false })
  const { data, error, refetch } = useQuery(decisionQuery(decisionId))
  usePageTitle(data ? t('one.title', { reference: data.decision.reviewReference }) : t('title'))
  const back = <ButtonLink to="/decisions">{t('one.back')}</ButtonLink>
  if (data) return <One detail={data} />
  if (!error) return <SkeletonText lines={8} />
  if (errorCode(error) === 'not_found' || errorCode(error) === 'invalid_request') {
    return (
      <EmptyState heading="h1" icon={IconGavel} title={t('one.missing')} action={back}>
        {t('one.missingText')}
      </EmptyState>
    )
  }
  return (
    <ErrorState
      heading="h1"
      title={t('one.failed')}
      {...errorFacts(error)}
      onRetry={() => void refetch()}
      action={back}
    />
  )
}

function One({ detail }: { detail: DecisionDetail }) {
  const { t } = useTranslation('decisions')
  const { decision, supersededById, review } = detail
  const { supersedesId } = decision
  return (
    <div className="page">
      <header className="row wrap">
        <ButtonLink to="/decisions" leftSection={<IconArrowLeft size={14} className="flip" aria-hidden />}>
          {t('one.back')}
        </ButtonLink>
        <h1>{t('one.title', { reference: decision.reviewReference })}</h1>
        <span className="push" />
        <ButtonLink to="/reviews/$reviewId" params={{ reviewId: review.id }}>
          {t('one.review')}
        </ButtonLink>
      </header>
      {supersededById ? (
        <Chained text={t('one.superseded')} to={supersededById} label={t('one.openLater')} isWarning />
      ) : null}
      {supersedesId ? <Chained text={t('one.supersedes')} to={supersedesId} label={t('one.openEarlier')} /> : null}
      <div className={css.one}>
        <div className="col" style={{ gap: 12 }}>
          <Seen detail={detail} />
          <FlagsThen flags={detail.flags} />
          <NotesThen detail={detail} />
        </div>
        <div className="col" style={{ gap: 12 }}>
          <DecisionFacts detail={detail} />
          <AppealsOf decision={decision} />
        </div>
      </div>
    </div>
  )
}

type ChainedProps = { text: string; to: string; label: string; isWarning?: boolean }

function Chained({ text, to, label, isWarning = false }: ChainedProps) {
  return (
    <p className={css.chained} data-warning={isWarning || undefined}>
      {text}{' '}
      <ButtonLink to="/decisions/$decisionId" params={{ decisionId: to }}>
        {label}
      </ButtonLink>
    </p>
  )
}

/** A record is read whole, unless it is a book. */
const fold = { characters: 4_000, lines: 40 }

/** The snapshot, redacted as ever. */
function Seen({ detail: { snapshot, decision } }: { detail: DecisionDetail }) {
  const { t } = useTranslation('decisions')
  return (
    <Panel
      title={t('one.seen')}
      side={
        <span className="sm t3">
          {t('one.captured', { source: snapshot.sourceName })} <DateTime at={snapshot.capturedAt} />
        </span>
      }
    >
      <div className="col" style={{ gap: 12 }}>
        {snapshot.media.length > 0 ? (
          <ul className={css.media}>
            {snapshot.media.map((media) => (
              <li key={media.position}>
                <File media={media} policyId={decision.clause?.id} />
              </li>
            ))}
          </ul>
        ) : null}
        {snapshot.caption.trim() ? (
          <>
            <CaptionText text={snapshot.caption} lang={snapshot.language} fold={fold} />
            <HiddenNote of={[snapshot.caption, ...snapshot.context.map(({ text }) => text)]} />
          </>
        ) : (
          <p className="t3">{t('one.noCaption')}</p>
        )}
        {snapshot.context.length > 0 ? (
          <section>
            <h3 className="sm">{t('one.context')}</h3>
            <ul className={css.context}>
              {snapshot.context.map((part, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: what stood around a post has an order and nothing else
                <li key={index}>
                  {part.author ? <bdi className="t3">{part.author}: </bdi> : null}
                  <span dir="auto">
                    <Faithful text={part.text} />
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        <div className="row wrap sm t3">
          <LangTag code={snapshot.language} />
          {t('one.snapshot')} <CopyId id={snapshot.sha256} shown={`${snapshot.sha256.slice(0, 12)}…`} />
        </div>
      </div>
    </Panel>
  )
}

type FileProps = { media: SnapshotMedia; policyId: string | undefined }

function File({ media: { sha256, state, isRestricted, name }, policyId }: FileProps) {
  const { t } = useTranslation('decisions')
  const look = useLook(policyId)
  if (isRestricted) {
    return (
      <span className="row6 sm t3">
        <IconLock size={14} aria-hidden /> {t('one.restricted')}
      </span>
    )
  }
  const src = sha256 && state === 'ready' ? redactedSrc(sha256, 'redacted', look) : null
  return (
    <>
      <Thumb src={src} width={160} height={120} />
      {src || !name ? null : <bdi className="xs t3 cut">{name}</bdi>}
    </>
  )
}
