import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ClipboardEvent, type DragEvent, type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '#client/api/call.ts'
import { useMay } from '#client/api/session.ts'
import { announce } from '#client/ui/announce.tsx'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { NoPermission } from '#client/ui/states.tsx'
import { FlagFields } from './FlagFields.tsx'
import { dropFlag, useFlagStore } from './flag.store.ts'
import css from './intake.module.css'
import { addPictures, picturesIn } from './keep-pictures.ts'
import { type Problem, problemsOf, sendFlag } from './send-flag.ts'

/** Somebody flags by hand what they found themselves. */
export function FlagPage() {
  const { t } = useTranslation('intake')
  usePageTitle(t('flag.title'))
  return useMay('flag.write') ? <FlagForm /> : <NoPermission />
}

function FlagForm() {
  const { t } = useTranslation('intake')
  const draft = useFlagStore()
  const form = useRef<HTMLFormElement>(null)
  const [isAsked, setAsked] = useState(false)
  const [isOver, setOver] = useState(false)
  const { send, isSending, error, isElsewhere } = useSending(() => setAsked(false))
  const problems: readonly Problem[] = isAsked ? problemsOf(draft) : []

  function submit(event?: FormEvent) {
    event?.preventDefault()
    if (isSending) return
    setAsked(true)
    const found = problemsOf(draft)
    if (found.length === 0) return void send()
    announce(t('flag.problems', { count: found.length }), 'assertive')
    form.current?.querySelector<HTMLElement>(`[name="${found[0]}"], [data-problem="${found[0]}"]`)?.focus()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.code !== 'Enter' && event.code !== 'NumpadEnter') return
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    submit()
  }

  function takeFiles(event: DragEvent | ClipboardEvent, data: DataTransfer) {
    const files = picturesIn(data.files)
    if (files.length === 0 || draft.subject === 'account') return
    event.preventDefault()
    addPictures(files)
    announce(t('flag.pictureCount', { count: draft.pictures.length + files.length }))
  }

  return (
    <form
      ref={form}
      className={`page ${css.form}`}
      noValidate
      data-over={isOver || undefined}
      onSubmit={submit}
      onKeyDown={onKeyDown}
      onPaste={(event) => takeFiles(event, event.clipboardData)}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        takeFiles(event, event.dataTransfer)
      }}
    >
      <header className="col">
        <h1>{t('flag.title')}</h1>
        <p className={`sm t2 ${css.about}`}>{t('flag.about')}</p>
      </header>
      <FlagFields draft={draft} problems={problems} />
      {problems.includes('content') ? (
        <p className="sm bad" role="alert">
          {t('problem.content')}
        </p>
      ) : null}
      {error ? <Failure error={error} /> : null}
      {isElsewhere ? <p className="sm ok">{t('flag.elsewhere')}</p> : null}
      <div className="row">
        <Button type="submit" variant="filled" disabled={isSending} rightSection={<KeyCap action="submitFromNote" />}>
          {t(isSending ? 'flag.sending' : 'flag.send')}
        </Button>
        <Button
          onClick={() => {
            dropFlag()
            setAsked(false)
          }}
        >
          {t('flag.clear')}
        </Button>
      </div>
    </form>
  )
}

function Failure({ error }: { error: unknown }) {
  const { t } = useTranslation('intake')
  const body = error instanceof ApiError && error.status < 500 ? error.body : null
  return (
    <p className="sm bad" role="alert">
      {body
        ? `${t('flag.refused')} ${body.issues?.map((issue) => issue.message).join(' ') ?? body.message}`
        : t('flag.failed')}
    </p>
  )
}

/** The draft goes only when the server has the flag; then the review that came of it opens. */
function useSending(onSent: () => void) {
  const { t } = useTranslation('intake')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [isSending, setSending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [isElsewhere, setElsewhere] = useState(false)

  async function send() {
    setSending(true)
    setElsewhere(false)
    setError(null)
    try {
      const { reviewId } = await sendFlag(useFlagStore.getState(), new Date())
      dropFlag()
      onSent()
      void queryClient.invalidateQueries({ queryKey: ['reviews'] })
      announce(t(reviewId ? 'flag.sent' : 'flag.elsewhere'))
      if (reviewId) await navigate({ to: '/reviews/$reviewId', params: { reviewId } })
      else setElsewhere(true)
    } catch (failure) {
      setError(failure)
    } finally {
      setSending(false)
    }
  }
  return { send, isSending, error, isElsewhere }
}
