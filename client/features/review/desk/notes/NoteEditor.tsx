import { Button, Textarea } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode } from '#client/api/call.ts'
import { announce } from '#client/ui/announce.tsx'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import { useAddNote } from '../../review.queries.ts'
import { dropNote, useReviewStore, writeNote } from '../../review.store.ts'
import { TextButton } from '../TextButton.tsx'
import css from './notes.module.css'

const places = ['review', 'account'] as const

/** Writes a note, or a newer wording of one's own. What is typed is kept until it is saved, whatever fails. */
export function NoteEditor({ detail }: { detail: ReviewDetail }) {
  const { t } = useTranslation('review')
  const reviewId = detail.review.id
  const draft = useReviewStore((state) => state.notes[reviewId])
  const field = useRef<HTMLTextAreaElement>(null)
  const add = useAddNote(detail)
  const on = draft?.on ?? 'review'
  const isWording = Boolean(draft?.supersedesId)
  const isReady = Boolean(draft?.body.trim()) && !add.isPending

  useKeys({ note: () => field.current?.focus() })
  useEffect(() => {
    if (isWording) field.current?.focus()
  }, [isWording])

  async function save() {
    if (!draft || !isReady) return
    try {
      await add.mutateAsync(draft)
      dropNote(reviewId)
      announce(t('note.saved'))
      field.current?.blur()
    } catch {
      // Worded below, beside what was typed.
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.code !== 'Enter' && event.code !== 'NumpadEnter') return
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    void save()
  }

  return (
    <div className={css.editor} data-open={Boolean(draft?.body) || isWording || undefined}>
      <Textarea
        ref={field}
        rows={1}
        dir="auto"
        aria-label={t(isWording ? 'note.newWording' : 'note.write')}
        placeholder={t('note.placeholder')}
        rightSection={draft?.body ? null : <KeyCap action="note" />}
        rightSectionPointerEvents="none"
        value={draft?.body ?? ''}
        onChange={(event) => writeNote(reviewId, { body: event.currentTarget.value })}
        onKeyDown={onKeyDown}
      />
      {add.isError ? (
        <p className="xs bad" role="alert">
          {t(errorCode(add.error) === 'already_superseded' ? 'note.superseded' : 'note.notSaved')}
        </p>
      ) : null}
      <div className={css.save}>
        {isWording ? (
          <TextButton onClick={() => dropNote(reviewId)}>{t('note.cancel')}</TextButton>
        ) : (
          <fieldset className={css.places}>
            <legend className="vh">{t('note.where')}</legend>
            {places.map((place) => (
              <label key={place} data-on={on === place || undefined}>
                <input
                  type="radio"
                  className="vh"
                  name={`note-${reviewId}`}
                  checked={on === place}
                  onChange={() => writeNote(reviewId, { on: place })}
                />
                {t(`note.on.${place}`)}
              </label>
            ))}
          </fieldset>
        )}
        <Button
          className="push"
          disabled={!isReady}
          onClick={() => void save()}
          rightSection={<KeyCap action="submitFromNote" />}
        >
          {t(add.isError ? 'note.saveAgain' : 'note.save')}
        </Button>
      </div>
    </div>
  )
}
