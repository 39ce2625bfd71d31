import { IconMessage, IconUserCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DateTime } from '#client/ui/time.tsx'
import type { Note } from '#shared/contract/notes.ts'
import { TextButton } from '../TextButton.tsx'
import css from './notes.module.css'

type Props = {
  note: Note
  nameOf: (personId: string | null) => string
  isUnderEdit: boolean
  /** Null on the notes of others. */
  onEdit: (() => void) | null
}

/** Who wrote it, when, and every wording it had before. */
export function NoteItem({ note, nameOf, isUnderEdit, onEdit }: Props) {
  const { t } = useTranslation('review')
  const [isOpen, setOpen] = useState(false)
  const Glyph = note.on === 'account' ? IconUserCircle : IconMessage
  return (
    <li className={css.note} data-editing={isUnderEdit || undefined}>
      <Glyph size={14} stroke={1.8} role="img" aria-label={t(`note.on.${note.on}`)} />
      <div className="grow">
        <p dir="auto">{note.body}</p>
        <div className={css.by}>
          <bdi>{nameOf(note.authorId)}</bdi>
          <DateTime at={note.writtenAt} form="short" />
          {note.on === 'account' ? <span>{t('note.on.account')}</span> : null}
          {note.earlier.length > 0 ? (
            <TextButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {t('note.earlier', { count: note.earlier.length })}
            </TextButton>
          ) : null}
          {onEdit && !isUnderEdit ? <TextButton onClick={onEdit}>{t('note.edit')}</TextButton> : null}
          {isUnderEdit ? <span className="b">{t('note.editing')}</span> : null}
        </div>
        {isOpen ? (
          <ol className={css.earlier} aria-label={t('note.earlierTitle')}>
            {note.earlier.map((wording) => (
              <li key={wording.id}>
                <p dir="auto">{wording.body}</p>
                <div className={css.by}>
                  <bdi>{nameOf(wording.authorId)}</bdi>
                  <DateTime at={wording.writtenAt} form="short" />
                </div>
              </li>
            ))}
          </ol>
        ) : null}
      </div>
    </li>
  )
}
