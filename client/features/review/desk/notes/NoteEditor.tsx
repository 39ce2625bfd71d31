import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { errorCode } from '#client/api/call.ts'
import { blindIn, readersQuery } from '#client/api/notes.ts'
import { announce } from '#client/ui/announce.tsx'
import { insertedAt } from '#client/ui/insert-text.ts'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { MentionField } from '#client/ui/notes/MentionField.tsx'
import type { NameOf } from '#client/ui/notes/note-view.ts'
import { useKeys } from '#client/ui/use-keys.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import { useAddNote } from '../../review.queries.ts'
import { dropNote, type NoteDraft, useReviewStore, writeNote } from '../../review.store.ts'
import { suspectedOf } from '../decision/clause-options.ts'
import { noViolation } from '../decision/decision-draft.ts'
import { useLastField, writesIn } from '../reasons/last-field.ts'
import { Reasons } from '../reasons/Reasons.tsx'
import { TextButton } from '../TextButton.tsx'

import css from './notes.module.css'
import { subjectOf } from './subject-of.ts'

type Props = {
  detail: ReviewDetail
  nameOf: NameOf
  /** Who wrote what is answered. */
  answered?: string | undefined
  /** Of the note that is worded anew, the wording it has by now. */
  newestId?: string | undefined
}

/** Writes a note, an answer, or a newer wording. What is typed is kept until it is saved, whatever fails. */
export function NoteEditor({ detail, nameOf, answered, newestId }: Props) {
  const { t } = useTranslation('notes')
  const reviewId = detail.review.id
  const draft = useReviewStore((state) => state.notes[reviewId])
  const clause = useReviewStore((state) => state.drafts[reviewId]?.clause)
  const lastField = useLastField((state) => state.field)
  const clauses = clause && clause !== noViolation ? [clause] : suspectedOf(detail.review.policy, detail.flags)
  const field = useRef<HTMLTextAreaElement>(null)
  const [isAsking, setAsking] = useState(false)
  const add = useAddNote(detail)
  const on = draft?.on ?? 'review'
  const { data: people } = useQuery({ ...readersQuery(subjectOf(detail, on)), enabled: isAsking })
  const isWording = Boolean(draft?.supersedesId)
  const isAnswer = Boolean(draft?.answersId)
  const isOvertaken = isWording && newestId !== undefined && newestId !== draft?.supersedesId
  const isReady = Boolean(draft?.body.trim()) && !add.isPending

  useKeys({ note: () => field.current?.focus() })
  useEffect(() => {
    if (isWording || isAnswer) field.current?.focus()
  }, [isWording, isAnswer])

  function insert(text: string) {
    if (!field.current) return
    const { value, cursor } = insertedAt(field.current, text)
    flushSync(() => writeNote(reviewId, { body: value }))
    field.current.focus()
    field.current.setSelectionRange(cursor, cursor)
  }

  async function save() {
    if (!draft || !isReady) return
    try {
      await add.mutateAsync({ ...draft, supersedesId: newestId ?? draft.supersedesId })
      dropNote(reviewId)
      announce(t('saved'))
      field.current?.blur()
    } catch {
      // Worded below, beside what was typed.
    }
  }
  return (
    <div className={css.editor} data-open={Boolean(draft?.body) || isWording || isAnswer || undefined}>
      {answered === undefined ? null : <p className="xs t3">{t('answerTo', { name: answered })}</p>}
      <div className={css.field} data-empty={(!draft?.body && !isAnswer) || undefined}>
        <MentionField
          ref={field}
          label={t(isWording ? 'newWording' : isAnswer ? 'writeAnswer' : 'write')}
          placeholder={t(isAnswer ? 'writeAnswer' : 'placeholder')}
          hint={draft?.body || isAnswer ? null : <KeyCap action="note" />}
          value={draft?.body ?? ''}
          picks={draft?.picks ?? []}
          onChange={(body, picks) => writeNote(reviewId, { body, picks })}
          people={people}
          onAsk={() => setAsking(true)}
          onFocus={() => writesIn('note')}
          onSave={() => void save()}
        />
        <Reasons
          review={detail.review}
          use="note"
          clauses={clauses}
          onInsert={insert}
          hasKey={lastField === 'note'}
          isDisabled={add.isPending}
        />
      </div>
      {isOvertaken ? (
        <p className="xs bad" role="alert">
          {t('superseded')}
        </p>
      ) : add.isError ? (
        <Failure error={add.error} on={on} nameOf={nameOf} />
      ) : null}
      <div className={css.save}>
        {isWording || isAnswer ? (
          <TextButton onClick={() => dropNote(reviewId)}>{t(isWording ? 'cancel' : 'noAnswer')}</TextButton>
        ) : (
          <Places reviewId={reviewId} on={on} hasPost={detail.post !== null} />
        )}
        <Button
          className="push"
          px={8}
          disabled={!isReady}
          onClick={() => void save()}
          rightSection={<KeyCap action="submitFromNote" />}
        >
          {t(isOvertaken ? 'saveOver' : add.isError ? 'saveAgain' : 'save')}
        </Button>
      </div>
    </div>
  )
}

type FailureProps = { error: unknown; on: NoteDraft['on']; nameOf: NameOf }

function Failure({ error, on, nameOf }: FailureProps) {
  const { t } = useTranslation('notes')
  const names = blindIn(error).map(nameOf).join(', ')
  const isSuperseded = errorCode(error) === 'already_superseded'
  return (
    <p className="xs bad" role="alert">
      {names ? t(`cannotSee.${on}`, { names }) : t(isSuperseded ? 'superseded' : 'notSaved')}
    </p>
  )
}

type PlacesProps = { reviewId: string; on: NoteDraft['on']; hasPost: boolean }

/** What the note is about; it is shown wherever that is. */
function Places({ reviewId, on, hasPost }: PlacesProps) {
  const { t } = useTranslation('notes')
  const places = (['review', 'post', 'account'] as const).filter((place) => place !== 'post' || hasPost)
  return (
    <fieldset className={css.places}>
      <legend className="vh">{t('where')}</legend>
      {places.map((place) => (
        <label key={place} data-on={on === place || undefined}>
          <input
            type="radio"
            className="vh"
            name={`note-${reviewId}`}
            checked={on === place}
            onChange={() => writeNote(reviewId, { on: place })}
          />
          {t(`on.${place}`)}
        </label>
      ))}
    </fieldset>
  )
}
