import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNameOf } from '#client/api/choices.ts'
import { useLookAtNotes, usePinNote } from '#client/api/notes.ts'
import { useMay, useSession } from '#client/api/session.ts'
import { NoteThread } from '#client/ui/notes/NoteThread.tsx'
import { type AnswerView, inOrder } from '#client/ui/notes/note-view.ts'
import { Panel } from '#client/ui/Panel.tsx'
import type { AccountDetail } from '#shared/contract/accounts.ts'
import css from '../accounts.module.css'
import { NoteEditor, type Work } from './NoteEditor.tsx'

/** Audit notes on the account with their answers, the pinned one first, and the place to write one. */
export function AccountNotes({ account: { id, notes } }: { account: AccountDetail }) {
  const { t } = useTranslation('notes')
  const nameOf = useNameOf()
  const { id: me, role } = useSession().person
  const mayWrite = useMay('note.write')
  const [work, setWork] = useState<Work | null>(null)
  const pin = usePinNote()
  useLookAtNotes([{ on: 'account', id, notes }])

  /** Those who wrote a note word it anew; a supervisor any. */
  const edit = (note: AnswerView) =>
    mayWrite && (note.authorId === me || role === 'supervisor') ? () => setWork({ supersedes: note }) : null
  const editor = <NoteEditor key={keyOf(work)} accountId={id} work={work} onDone={() => setWork(null)} />
  const meant = work && ('supersedes' in work ? work.supersedes.id : work.answers.id)
  return (
    <Panel title={t('title')} side={<span className="sm t3 num">{notes.length > 0 ? notes.length : null}</span>}>
      {notes.length === 0 ? <p className="sm t3">{t('none')}</p> : null}
      {pin.isError ? (
        <p className="xs bad" role="alert">
          {t('pinFailed')}
        </p>
      ) : null}
      <ul className={css.threads}>
        {inOrder(notes).map((note) => (
          <NoteThread
            key={note.id}
            note={note}
            nameOf={nameOf}
            editedId={work && 'supersedes' in work ? work.supersedes.id : null}
            onEdit={edit}
            onAnswer={mayWrite ? () => setWork({ answers: note }) : null}
            onPin={mayWrite ? () => pin.mutate({ on: 'account', id, noteId: note.isPinned ? null : note.id }) : null}
          >
            {[note, ...(note.answers ?? [])].some((each) => each.id === meant) ? editor : null}
          </NoteThread>
        ))}
      </ul>
      {mayWrite && !work ? editor : null}
    </Panel>
  )
}

function keyOf(work: Work | null) {
  if (!work) return 'new'
  return 'supersedes' in work ? `words ${work.supersedes.id}` : `answer ${work.answers.id}`
}
