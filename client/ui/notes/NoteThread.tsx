import { IconMessage, IconPhoto, IconPin, IconUserCircle } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DateTime } from '../time.tsx'
import { NoteBody } from './NoteBody.tsx'
import type { AnswerView, NameOf, NoteView } from './note-view.ts'
import css from './notes.module.css'

type Acts = {
  nameOf: NameOf
  /** The note or answer that is being worded anew. */
  editedId?: string | null | undefined
  /** Null where the reader may not. */
  onEdit: (note: AnswerView) => (() => void) | null
}

type Props = Acts & {
  note: NoteView
  /** Where it stands, in words; left out where all stand in the same place. */
  place?: string | undefined
  onAnswer: (() => void) | null
  onPin: (() => void) | null
  /** The editor, where it belongs to this thread. */
  children?: ReactNode
}

const glyphs = { review: IconMessage, account: IconUserCircle, post: IconPhoto }

/** A note and the answers to it: who wrote what and when, and every wording it had before. */
export function NoteThread({ note, place, onAnswer, onPin, children, ...acts }: Props) {
  const { t } = useTranslation('notes')
  const Glyph = note.isPinned ? IconPin : glyphs[note.on]
  return (
    <li className={css.thread} data-pinned={note.isPinned || undefined}>
      <Glyph size={14} stroke={1.8} role="img" aria-label={note.isPinned ? t('pinned') : (place ?? t('note'))} />
      <div className="grow">
        <One {...acts} note={note} place={place}>
          {onAnswer ? <TextButton onClick={onAnswer}>{t('answer')}</TextButton> : null}
          {onPin ? <TextButton onClick={onPin}>{t(note.isPinned ? 'unpin' : 'pin')}</TextButton> : null}
        </One>
        {note.answers && note.answers.length > 0 ? (
          <ol className={css.answers} aria-label={t('answers')}>
            {note.answers.map((answer) => (
              <li key={answer.id}>
                <One {...acts} note={answer} />
              </li>
            ))}
          </ol>
        ) : null}
        {children}
      </div>
    </li>
  )
}

type OneProps = Acts & { note: AnswerView; place?: string | undefined; children?: ReactNode }

function One({ note, place, nameOf, editedId, onEdit, children }: OneProps) {
  const { t } = useTranslation('notes')
  const [isOpen, setOpen] = useState(false)
  const edit = onEdit(note)
  const isEdited = note.id === editedId
  return (
    <div className={css.one} data-editing={isEdited || undefined}>
      <NoteBody body={note.body} nameOf={nameOf} />
      <div className={css.by}>
        {note.isNew ? <span className={css.new}>{t('new')}</span> : null}
        <bdi>{nameOf(note.authorId)}</bdi>
        <DateTime at={note.writtenAt} form="short" />
        {place ? <span>{place}</span> : null}
        {note.earlier.length > 0 ? (
          <TextButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t('earlier', { count: note.earlier.length })}
          </TextButton>
        ) : null}
        {isEdited ? (
          <span className="b">{t('editing')}</span>
        ) : (
          <span className={css.acts}>
            {edit ? <TextButton onClick={edit}>{t('edit')}</TextButton> : null}
            {children}
          </span>
        )}
      </div>
      {isOpen ? (
        <ol className={css.earlier} aria-label={t('earlierTitle')}>
          {note.earlier.map((wording) => (
            <li key={wording.id}>
              <NoteBody body={wording.body} nameOf={nameOf} />
              <div className={css.by}>
                <bdi>{nameOf(wording.authorId)}</bdi>
                <DateTime at={wording.writtenAt} form="short" />
              </div>
            </li>
          ))}
        </ol>
      ) : null}
    </div>
  )
}

type ButtonProps = { onClick: () => void; children: ReactNode; 'aria-expanded'?: boolean }

function TextButton(props: ButtonProps) {
  return <button type="button" className={css.textButton} {...props} />
}
