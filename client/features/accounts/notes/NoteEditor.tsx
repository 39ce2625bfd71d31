import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode } from '#client/api/call.ts'
import { useNameOf } from '#client/api/choices.ts'
import { blindIn, readersQuery } from '#client/api/notes.ts'
import { announce } from '#client/ui/announce.tsx'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { MentionField } from '#client/ui/notes/MentionField.tsx'
import type { AnswerView } from '#client/ui/notes/note-view.ts'
import { useKeys } from '#client/ui/use-keys.ts'
import { withIds, withNames } from '#shared/domain/mentions.ts'
import css from '../accounts.module.css'
import { useAddAccountNote } from '../accounts.queries.ts'

/** What gets a new wording, or an answer. */
export type Work = { supersedes: AnswerView } | { answers: AnswerView }

type Props = {
  accountId: string
  /** Null for a new note. Mounted anew for each. */
  work: Work | null
  onDone: () => void
}

/** What is typed stays until it is saved. Sent again after a failure, it is written once. */
export function NoteEditor({ accountId, work, onDone }: Props) {
  const { t } = useTranslation('notes')
  const nameOf = useNameOf()
  const field = useRef<HTMLTextAreaElement>(null)
  const superseded = work && 'supersedes' in work ? work.supersedes : null
  const answered = work && 'answers' in work ? work.answers : null
  const [draft, setDraft] = useState(() => (superseded ? withNames(superseded.body, nameOf) : { text: '', picks: [] }))
  const [clientId, setClientId] = useState(() => crypto.randomUUID())
  const [isAsking, setAsking] = useState(false)
  const add = useAddAccountNote(accountId)
  const { data: people } = useQuery({ ...readersQuery({ on: 'account', id: accountId }), enabled: isAsking })
  const isReady = draft.text.trim() !== '' && !add.isPending
  useKeys({ note: () => field.current?.focus() })
  useEffect(() => {
    if (work) field.current?.focus()
  }, [work])

  async function save() {
    if (!isReady) return
    try {
      const body = withIds(draft.text, draft.picks)
      await add.mutateAsync({ clientId, body, supersedesId: superseded?.id ?? null, answersId: answered?.id ?? null })
      announce(t('saved'))
      setDraft({ text: '', picks: [] })
      setClientId(crypto.randomUUID())
      onDone()
    } catch {
      // Worded below, beside what was typed.
    }
  }
  return (
    <div className={css.editor}>
      {answered ? <p className="xs t3">{t('answerTo', { name: nameOf(answered.authorId) })}</p> : null}
      <MentionField
        ref={field}
        rows={2}
        label={t(superseded ? 'newWording' : answered ? 'writeAnswer' : 'write')}
        placeholder={t(answered ? 'writeAnswer' : 'placeholder')}
        value={draft.text}
        picks={draft.picks}
        onChange={(text, picks) => setDraft({ text, picks: [...picks] })}
        people={people}
        onAsk={() => setAsking(true)}
        onSave={() => void save()}
      />
      {add.isError ? (
        <p className="xs bad" role="alert">
          {errorCode(add.error) === 'cannot_see'
            ? t('cannotSee.account', { names: blindIn(add.error).map(nameOf).join(', ') })
            : t(errorCode(add.error) === 'already_superseded' ? 'superseded' : 'notSaved')}
        </p>
      ) : null}
      <div className="row">
        {work ? (
          <button type="button" className={css.textButton} onClick={onDone}>
            {t(superseded ? 'cancel' : 'noAnswer')}
          </button>
        ) : null}
        <Button
          className="push"
          disabled={!isReady}
          onClick={() => void save()}
          rightSection={<KeyCap action="submitFromNote" />}
        >
          {t(add.isError ? 'saveAgain' : 'save')}
        </Button>
      </div>
    </div>
  )
}
