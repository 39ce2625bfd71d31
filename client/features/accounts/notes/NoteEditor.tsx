import { Button, Textarea } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode } from '#client/api/call.ts'
import { announce } from '#client/ui/announce.tsx'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import type { Note } from '#shared/contract/notes.ts'
import css from '../accounts.module.css'
import { useAddAccountNote } from '../accounts.queries.ts'

type Props = {
  accountId: string
  /** The note that gets a new wording; null for a new note. Mounted anew for each. */
  edited: Note | null
  onDone: () => void
}

/** What is typed stays until it is saved. Sent again after a failure, it is written once. */
export function NoteEditor({ accountId, edited, onDone }: Props) {
  const { t } = useTranslation('accounts')
  const field = useRef<HTMLTextAreaElement>(null)
  const [body, setBody] = useState(edited?.body ?? '')
  const [clientId, setClientId] = useState(() => crypto.randomUUID())
  const add = useAddAccountNote(accountId)
  const isReady = body.trim() !== '' && !add.isPending
  useKeys({ note: () => field.current?.focus() })
  useEffect(() => {
    if (edited) field.current?.focus()
  }, [edited])

  async function save() {
    if (!isReady) return
    try {
      await add.mutateAsync({ clientId, body, supersedesId: edited?.id ?? null })
      announce(t('note.saved'))
      setBody('')
      setClientId(crypto.randomUUID())
      onDone()
    } catch {
      // Worded below, beside what was typed.
    }
  }
  function onKeyDown(event: KeyboardEvent) {
    const isEnter = event.code === 'Enter' || event.code === 'NumpadEnter'
    if (!isEnter || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void save()
  }
  return (
    <div className={css.editor}>
      <Textarea
        ref={field}
        rows={2}
        dir="auto"
        aria-label={t(edited ? 'note.newWording' : 'note.write')}
        placeholder={t('note.placeholder')}
        maxLength={10_000}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {add.isError ? (
        <p className="xs bad" role="alert">
          {t(errorCode(add.error) === 'already_superseded' ? 'note.superseded' : 'note.notSaved')}
        </p>
      ) : null}
      <div className="row">
        {edited ? (
          <button type="button" className={css.textButton} onClick={onDone}>
            {t('note.cancel')}
          </button>
        ) : null}
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
