import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, errorCode } from '#client/api/call.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { announce } from '#client/ui/announce.tsx'
import { useFormat } from '#client/ui/format.ts'
import { useKeys } from '#client/ui/use-keys.ts'
import { type BulkAct, type BulkReply, mostInBulk } from '#shared/contract/bulk.ts'
import type { BulkKind } from '#shared/domain/bulk-rules.ts'
import css from './bulk.module.css'
import { type choiceOf, doBulk, tryBulk } from './bulk.queries.ts'
import { blankDraft, toAct } from './bulk-draft.ts'
import { DecideFields } from './DecideFields.tsx'
import { EachGets } from './EachGets.tsx'
import { Effects } from './Effects.tsx'
import { AssignFields, EscalateFields, HoldFields, MoveFields } from './PassFields.tsx'
import { useFocusBack } from './use-focus-back.ts'

type Props = {
  kind: BulkKind
  choice: ReturnType<typeof choiceOf>
  /** How many are chosen, in words. */
  value: string
  onDone: (reply: BulkReply) => void
  onClose: () => void
}

const fields = { assign: AssignFields, escalate: EscalateFields, hold: HoldFields, move: MoveFields }

/** In the place of the peek: what is to be done, then what would come of it, then it is done. */
export function BulkPanel({ kind, choice, value, onDone, onClose }: Props) {
  const { t } = useTranslation('bulk')
  const format = useFormat()
  const queryClient = useQueryClient()
  const { data: policies = new Map() } = useQuery(policiesQuery)
  const [draft, setDraft] = useState(blankDraft)
  /** One id for one act on one choice, so that a second press is the same act. */
  const [clientId, setClientId] = useState(() => crypto.randomUUID())
  const titleId = useId()
  const panel = useRef<HTMLElement>(null)
  const act = toAct(kind, draft, policies)
  const look = useMutation({
    mutationFn: (asked: BulkAct) => tryBulk(choice, asked),
    onSuccess: (seen) => announce(`${t(`will.${kind}`, { value: format.number(seen.done) })}. ${wontText(seen)}`),
  })
  const run = useMutation({
    mutationFn: ({ seen, asked }: { seen: BulkReply; asked: BulkAct }) => doBulk(seen.items, asked, clientId),
    onSuccess: (reply) => {
      void queryClient.invalidateQueries({ queryKey: ['reviews', 'counts'] })
      onDone(reply)
    },
  })
  const seen = look.data
  const wontText = ({ refused }: BulkReply) => (refused > 0 ? t('wont', { value: format.number(refused) }) : '')
  useFocusBack()
  useKeys({ close: onClose })
  useEffect(() => panel.current?.focus({ preventScroll: true }), [])
  const chosen = JSON.stringify(choice)
  // biome-ignore lint/correctness/useExhaustiveDependencies: others were chosen, so nothing that was seen holds
  useEffect(() => look.reset(), [chosen, kind])

  function change(part: Partial<typeof draft>) {
    setDraft((before) => ({ ...before, ...part }))
    look.reset()
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!act) return
    if (!seen) {
      run.reset()
      setClientId(crypto.randomUUID())
      look.mutate(act)
    } else if (seen.done > 0) run.mutate({ seen, asked: act })
  }
  const Fields = kind === 'claim' || kind === 'decide' ? null : fields[kind]
  const isReady = seen ? seen.done > 0 : act !== null
  return (
    <aside className={css.panel} aria-labelledby={titleId} ref={panel} tabIndex={-1}>
      <div className={css.head}>
        <h2 id={titleId}>{t(`title.${kind}`)}</h2>
        <span className="num t3">{value}</span>
        <ActionIcon className="push" aria-label={t('close')} onClick={onClose}>
          <IconX size={15} />
        </ActionIcon>
      </div>
      <form className={css.form} onSubmit={submit}>
        <div className={css.body}>
          {seen ? null : kind === 'decide' ? (
            <DecideFields draft={draft} policies={policies} onChange={change} />
          ) : Fields ? (
            <Fields draft={draft} onChange={change} />
          ) : null}
          {seen ? (
            <section className={css.seen} aria-label={t('effects')}>
              <Effects items={seen.items} done={t(`will.${kind}`, { value: format.number(seen.done) })} />
              {kind === 'decide' && seen.done > 0 ? <EachGets draft={draft} policies={policies} /> : null}
            </section>
          ) : null}
          <Failure error={run.error ?? look.error} isRun={run.isError} />
        </div>
        <div className={css.foot}>
          {seen && kind !== 'claim' ? <Button onClick={() => look.reset()}>{t('back')}</Button> : null}
          <Button
            type="submit"
            variant="filled"
            className="grow"
            disabled={!isReady}
            loading={look.isPending || run.isPending}
          >
            {seen ? t(`do.${kind}`, { value: format.number(seen.done) }) : t('try', { value })}
          </Button>
        </div>
      </form>
    </aside>
  )
}

function Failure({ error, isRun }: { error: unknown; isRun: boolean }) {
  const { t } = useTranslation('bulk')
  const format = useFormat()
  if (!error) return null
  const code = errorCode(error)
  const paths = error instanceof ApiError ? (error.body.issues ?? []).map(({ path }) => path) : []
  const named = paths.map((path) => t(path.startsWith('act.measures') ? 'account' : 'clause'))
  const said =
    code === 'too_many_chosen'
      ? t('failed.many', { value: format.number(mostInBulk) })
      : code === 'single_only'
        ? t('failed.alone', { fields: [...new Set(named)].join(', ') })
        : code === 'forbidden'
          ? t('failed.may')
          : t(isRun ? 'failed.do' : 'failed.try')
  return (
    <p className="sm bad" role="alert">
      {said}
    </p>
  )
}
