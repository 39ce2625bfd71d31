import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNameOf } from '#client/api/choices.ts'
import { useMay, useSession } from '#client/api/session.ts'
import { Panel } from '#client/ui/Panel.tsx'
import { DateTime } from '#client/ui/time.tsx'
import type { AccountDetail } from '#shared/contract/accounts.ts'
import type { Note } from '#shared/contract/notes.ts'
import css from '../accounts.module.css'
import { NoteEditor } from './NoteEditor.tsx'

/** Audit notes on the account, newest first, and the place to write one. */
export function AccountNotes({ account: { id, notes } }: { account: AccountDetail }) {
  const { t } = useTranslation('accounts')
  const me = useSession().person.id
  const mayWrite = useMay('note.write')
  const [edited, setEdited] = useState<Note | null>(null)
  return (
    <Panel title={t('note.title')} side={<span className="sm t3 num">{notes.length > 0 ? notes.length : null}</span>}>
      {notes.length === 0 ? <p className="sm t3">{t('note.none')}</p> : null}
      <ul className={css.rows}>
        {notes.map((note) => (
          <li key={note.id} data-editing={note.id === edited?.id || undefined}>
            <OneNote note={note} onEdit={mayWrite && note.authorId === me ? () => setEdited(note) : null} />
          </li>
        ))}
      </ul>
      {mayWrite ? (
        <NoteEditor key={edited?.id ?? 'new'} accountId={id} edited={edited} onDone={() => setEdited(null)} />
      ) : null}
    </Panel>
  )
}

function OneNote({ note, onEdit }: { note: Note; onEdit: (() => void) | null }) {
  const { t } = useTranslation('accounts')
  const nameOf = useNameOf()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <span className="row6 sm">
        <b className="b">{nameOf(note.authorId)}</b>
        <span className="t3">
          <DateTime at={note.writtenAt} form="short" />
        </span>
        <span className="push" />
        {note.earlier.length > 0 ? (
          <button type="button" className={css.textButton} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t('note.earlier', { count: note.earlier.length })}
          </button>
        ) : null}
        {onEdit ? (
          <button type="button" className={css.textButton} onClick={onEdit}>
            {t('note.edit')}
          </button>
        ) : null}
      </span>
      <p className={css.body} dir="auto">
        {note.body}
      </p>
      {isOpen ? (
        <ol className={css.earlier}>
          {note.earlier.map((wording) => (
            <li key={wording.id}>
              <p className={css.body} dir="auto">
                {wording.body}
              </p>
              <span className="xs t3">
                {nameOf(wording.authorId)}, <DateTime at={wording.writtenAt} form="short" />
              </span>
            </li>
          ))}
        </ol>
      ) : null}
    </>
  )
}
