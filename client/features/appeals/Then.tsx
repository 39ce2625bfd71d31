import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNameOf } from '#client/api/choices.ts'
import { redactedSrc, useLook } from '#client/api/look.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { CaptionText } from '#client/ui/caption/CaptionText.tsx'
import { Faithful } from '#client/ui/caption/Faithful.tsx'
import { HiddenNote } from '#client/ui/caption/HiddenNote.tsx'
import { useFormat } from '#client/ui/format.ts'
import { NoteThread } from '#client/ui/notes/NoteThread.tsx'
import { inOrder } from '#client/ui/notes/note-view.ts'
import { Panel } from '#client/ui/Panel.tsx'
import { sourceIcon } from '#client/ui/Sources.tsx'
import { Thumb } from '#client/ui/Thumb.tsx'
import { LangTag } from '#client/ui/tags.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { DecisionDetail } from '#shared/contract/decision-list.ts'
import type { FlagGroup, SnapshotMedia } from '#shared/contract/reviews.ts'
import css from './appeals.module.css'

const fold = { characters: 2_000, lines: 16 }

/** What was in front of who decided first: redacted as ever, and not what came later. */
export function SeenThen({ detail: { snapshot, decision } }: { detail: DecisionDetail }) {
  const { t } = useTranslation('appeals')
  return (
    <Panel
      title={t('then.seen')}
      side={
        <span className="sm t3">
          <DateTime at={snapshot.capturedAt} />
        </span>
      }
    >
      <div className="col" style={{ gap: 10 }}>
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
          <p className="t3">{t('then.noCaption')}</p>
        )}
        {snapshot.context.length > 0 ? (
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
        ) : null}
        <span className="row6">
          <LangTag code={snapshot.language} />
        </span>
      </div>
    </Panel>
  )
}

function File({
  media: { sha256, state, isRestricted },
  policyId,
}: {
  media: SnapshotMedia
  policyId: string | undefined
}) {
  const { t } = useTranslation('appeals')
  const look = useLook(policyId)
  if (isRestricted) {
    return (
      <span className="row6 sm t3">
        <IconLock size={14} aria-hidden /> {t('then.restricted')}
      </span>
    )
  }
  return (
    <Thumb src={sha256 && state === 'ready' ? redactedSrc(sha256, 'redacted', look) : null} width={160} height={120} />
  )
}

/** Why it was flagged, as far as was known then. */
export function FlagsThen({ flags }: { flags: readonly FlagGroup[] }) {
  const { t } = useTranslation('appeals')
  const { t: ui } = useTranslation('ui')
  const format = useFormat()
  const { data: policies } = useQuery(policiesQuery)
  if (flags.length === 0) return null
  return (
    <Panel title={t('then.flags')}>
      <ul className={css.flags}>
        {flags.map(({ kind, count, latestAt, reasons, text }) => {
          const Glyph = sourceIcon[kind]
          const named = reasons.map(({ code, policy }) => {
            const clause = policy ? policies?.get(policy) : undefined
            return clause ? `${clause.code} ${clause.shortName}` : code
          })
          return (
            <li key={kind}>
              <span className="row6">
                <Glyph size={14} stroke={1.8} aria-hidden />
                <b className="b">{ui(`source.${kind}`)}</b>
                <span className="num t2">{format.number(count)}</span>
                <span className="push xs t3">
                  <DateTime at={latestAt} form="short" />
                </span>
              </span>
              <span className="sm t2">{[...new Set(named)].slice(0, 3).join(' · ')}</span>
              {text ? (
                <q className="sm t2" dir="auto">
                  {text}
                </q>
              ) : null}
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}

/** What was written about the review, its post and its account; what came after the decision says so. */
export function NotesThen({ detail: { notes = [], decision } }: { detail: DecisionDetail }) {
  const { t } = useTranslation('notes')
  const nameOf = useNameOf()
  if (notes.length === 0) return null
  return (
    <Panel title={t('title')} side={<span className="sm t3 num">{notes.length}</span>}>
      <ul>
        {inOrder(notes).map((note) => {
          const place = note.on === 'review' ? t('note') : t(`on.${note.on}`)
          return (
            <NoteThread
              key={note.id}
              note={note}
              nameOf={nameOf}
              place={note.writtenAt > decision.decidedAt ? t('afterDecision', { place }) : place}
              onEdit={() => null}
              onAnswer={null}
              onPin={null}
            />
          )
        })}
      </ul>
    </Panel>
  )
}
