import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { peopleQuery } from '#client/api/reference-data.ts'
import { useMay, useSession } from '#client/api/session.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import { useReviewStore, writeNote } from '../../review.store.ts'
import { NoteEditor } from './NoteEditor.tsx'
import { NoteItem } from './NoteItem.tsx'
import css from './notes.module.css'

/** Audit notes on the review and on the account, newest first, and the place to write one. */
export function Notes({ detail }: { detail: ReviewDetail }) {
  const { t } = useTranslation('review')
  const { person } = useSession()
  const mayWrite = useMay('note.write')
  const { data: people } = useQuery(peopleQuery)
  const underEdit = useReviewStore((state) => state.notes[detail.review.id]?.supersedesId)
  const notes = [...detail.notes, ...detail.account.notes].sort((a, b) => b.writtenAt.localeCompare(a.writtenAt))
  const nameOf = (id: string | null) => (id === null ? t('system') : (people?.get(id)?.name ?? id))

  return (
    <section className={css.notes} aria-label={t('note.title')}>
      <div className="row">
        <h2>{t('note.title')}</h2>
        <span className="xs t3 num">{notes.length > 0 ? notes.length : null}</span>
      </div>
      {mayWrite ? <NoteEditor detail={detail} /> : null}
      {notes.length === 0 ? <p className="xs t3">{t('note.none')}</p> : null}
      <ul>
        {notes.map((note) => (
          <NoteItem
            key={note.id}
            note={note}
            nameOf={nameOf}
            isUnderEdit={note.id === underEdit}
            onEdit={
              mayWrite && note.authorId === person.id
                ? () => writeNote(detail.review.id, { body: note.body, on: note.on, supersedesId: note.id })
                : null
            }
          />
        ))}
      </ul>
    </section>
  )
}
