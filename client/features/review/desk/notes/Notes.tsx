import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useReadOnOpen } from '#client/api/inbox.ts'
import { useLookAtNotes, usePinNote } from '#client/api/notes.ts'
import { peopleQuery } from '#client/api/reference-data.ts'
import { useMay, useSession } from '#client/api/session.ts'
import { NoteThread } from '#client/ui/notes/NoteThread.tsx'
import { type AnswerView, inOrder, type NoteView } from '#client/ui/notes/note-view.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import { withNames } from '#shared/domain/mentions.ts'
import { beginNote, useReviewStore } from '../../review.store.ts'
import { NoteEditor } from './NoteEditor.tsx'
import css from './notes.module.css'
import { subjectOf } from './subject-of.ts'

/** Audit notes on the review, its post and its account with their answers, and the place to write one. */
export function Notes({ detail }: { detail: ReviewDetail }) {
  const { t } = useTranslation('notes')
  const { t: review } = useTranslation('review')
  const { person } = useSession()
  const mayWrite = useMay('note.write')
  const { data: people } = useQuery(peopleQuery)
  const draft = useReviewStore((state) => state.notes[detail.review.id])
  const pin = usePinNote()
  const notes = inOrder([...detail.notes, ...detail.account.notes])
  const nameOf = (id: string | null) => (id === null ? review('system') : (people?.get(id)?.name ?? id))
  useReadOnOpen(detail.review.id)
  useLookAtNotes(
    (['review', 'post', 'account'] as const).map((on) => ({
      ...subjectOf(detail, on),
      notes: notes.filter((note) => note.on === on),
    })),
  )

  /** Those who wrote a note word it anew; a supervisor any. */
  function edit(note: AnswerView) {
    if (!mayWrite || (note.authorId !== person.id && person.role !== 'supervisor')) return null
    return () => {
      const { text, picks } = withNames(note.body, nameOf)
      beginNote(detail.review.id, { body: text, picks, on: note.on, supersedesId: note.id })
    }
  }
  function editorOf(note: NoteView) {
    const meant = draft?.supersedesId ?? draft?.answersId
    const newest = [note, ...(note.answers ?? [])].find((each) =>
      [each, ...each.earlier].some(({ id }) => id === meant),
    )
    if (!draft || !newest) return null
    return draft.supersedesId ? (
      <NoteEditor detail={detail} nameOf={nameOf} newestId={newest.id} />
    ) : (
      <NoteEditor detail={detail} nameOf={nameOf} answered={nameOf(note.authorId)} />
    )
  }
  const isElsewhere = notes.some((note) => editorOf(note) !== null)
  return (
    <section className={css.notes} aria-label={t('title')} tabIndex={-1} data-notes>
      <div className="row">
        <h2>{t('title')}</h2>
        <span className="xs t3 num">{notes.length > 0 ? notes.length : null}</span>
      </div>
      {mayWrite && !isElsewhere ? <NoteEditor detail={detail} nameOf={nameOf} /> : null}
      {notes.length === 0 ? <p className="xs t3">{t('none')}</p> : null}
      {pin.isError ? (
        <p className="xs bad" role="alert">
          {t('pinFailed')}
        </p>
      ) : null}
      <ul>
        {notes.map((note) => (
          <NoteThread
            key={note.id}
            note={note}
            nameOf={nameOf}
            place={note.on === 'review' ? undefined : t(`on.${note.on}`)}
            editedId={draft?.supersedesId}
            onEdit={edit}
            onAnswer={
              mayWrite
                ? () =>
                    beginNote(detail.review.id, {
                      body: '',
                      picks: [],
                      on: note.on,
                      supersedesId: null,
                      answersId: note.id,
                    })
                : null
            }
            onPin={
              mayWrite
                ? () => pin.mutate({ ...subjectOf(detail, note.on), noteId: note.isPinned ? null : note.id })
                : null
            }
          >
            {mayWrite ? editorOf(note) : null}
          </NoteThread>
        ))}
      </ul>
    </section>
  )
}
