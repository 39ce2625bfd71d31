import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, errorCode } from '#client/api/call.ts'
import { policiesQuery } from '#client/api/reference-data.ts'
import { useMay } from '#client/api/session.ts'
import { announce } from '#client/ui/announce.tsx'
import { ButtonLink } from '#client/ui/links.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { NoPermission } from '#client/ui/states.tsx'
import { DateTime } from '#client/ui/time.tsx'
import { fileAppeal } from '#shared/contract/appeals.ts'
import type { DecisionDetail } from '#shared/contract/decision-list.ts'
import { lookUp } from '#shared/contract/lookup.ts'
import { getReview } from '#shared/contract/reviews.ts'
import { Appellant, appealUntil, defaultAppealDays } from '#shared/domain/appeals.ts'
import css from './appeals.module.css'
import { appealedQuery } from './appeals.queries.ts'
import { readNewAppealSearch } from './appeals.search.ts'
import { FirstDecision } from './FirstDecision.tsx'

/** Somebody files by hand what reached them by other ways: a letter, a telephone call. */
export function FileAppealPage() {
  const { t } = useTranslation('appeals')
  usePageTitle(t('new.title'))
  return useMay('appeal.file') ? <FileForm /> : <NoPermission />
}

function FileForm() {
  const { t } = useTranslation('appeals')
  const { decision } = readNewAppealSearch(useSearch({ strict: false }))
  const { data, error } = useQuery({ ...appealedQuery(decision ?? ''), enabled: decision !== undefined })
  return (
    <div className={css.page}>
      <header className="col">
        <h1>{t('new.title')}</h1>
        <p className="sm t2">{t('new.about')}</p>
      </header>
      <div className={css.cols}>
        <div className="col" style={{ gap: 12 }}>
          <Find isFound={data !== undefined} hasFailed={error !== null} />
          {data ? <Fields key={data.decision.id} detail={data} /> : null}
        </div>
        <div className={css.side}>{data ? <FirstDecision detail={data} /> : null}</div>
      </div>
    </div>
  )
}

/** Which decision: by its link or id, or by the reference of its review. */
function Find({ isFound, hasFailed }: { isFound: boolean; hasFailed: boolean }) {
  const { t } = useTranslation('appeals')
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [isLost, setLost] = useState(false)

  async function find(event: FormEvent) {
    event.preventDefault()
    const id = await decisionIdOf(text.trim())
    setLost(id === null)
    if (id) void navigate({ to: '/appeals/new', search: { decision: id }, replace: true })
  }
  return (
    <form className="row6" style={{ alignItems: 'end' }} onSubmit={(event) => void find(event)}>
      <TextInput
        className="grow"
        label={t(isFound ? 'new.other' : 'new.find')}
        description={t('new.findHint')}
        value={text}
        error={isLost || (hasFailed && !isFound) ? t('new.lost') : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" disabled={!text.trim()}>
        {t('new.look')}
      </Button>
    </form>
  )
}

/** The decision itself, or the newest one of the review that was named. */
async function decisionIdOf(text: string): Promise<string | null> {
  const ids = text.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i)
  const { items } = await call(lookUp, { query: { text: ids?.[0] ?? text } })
  const decision = items.find((item) => item.kind === 'decision')
  if (decision) return decision.id
  const review = items.find((item) => item.kind === 'review')
  if (!review) return null
  const { decisions } = await call(getReview, { params: { reviewId: review.id } })
  return decisions.find(({ undoneAt }) => !undoneAt)?.id ?? null
}

const languages = ['en', 'ru', 'kk', 'ar', 'uk', 'de', 'fr', 'es', 'tr', 'uz']

function Fields({ detail: { decision, snapshot } }: { detail: DecisionDetail }) {
  const { t, i18n } = useTranslation('appeals')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { data: policies } = useQuery(policiesQuery)
  const [draft, setDraft] = useState({
    clientId: crypto.randomUUID(),
    kind: decision.outcome === 'no_violation' ? ('reporter' as const) : ('account' as Appellant),
    name: '',
    text: '',
    language: snapshot.language ?? 'en',
    on: '',
    lateReason: '',
  })
  const [isSending, setSending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const change = (part: Partial<typeof draft>) => {
    setError(null)
    setDraft({ ...draft, ...part, clientId: crypto.randomUUID() })
  }
  const policy = decision.clause ? policies?.get(decision.clause.id) : undefined
  const version = [policy?.current, ...(policy?.earlier ?? [])].find(
    (each) => each?.version === decision.clause?.version,
  )
  const until = appealUntil(decision.decidedAt, version?.appealDays ?? defaultAppealDays)
  const filedAt = draft.on ? new Date(`${draft.on}T12:00`) : new Date()
  const isLate = filedAt > until
  const isReady = draft.text.trim() !== '' && (!isLate || draft.lateReason.trim() !== '')
  const names = new Intl.DisplayNames(i18n.resolvedLanguage ?? 'en', { type: 'language' })

  async function send(event: FormEvent) {
    event.preventDefault()
    if (!isReady || isSending) return
    setSending(true)
    try {
      const { appeal } = await call(fileAppeal, {
        body: {
          clientId: draft.clientId,
          about: { decisionId: decision.id },
          appellant: { kind: draft.kind, ...(draft.name.trim() && { name: draft.name.trim() }) },
          text: draft.text,
          language: draft.language,
          ...(draft.on && { filedAt: earliest(filedAt, decision.decidedAt) }),
          ...(isLate && { lateReason: draft.lateReason.trim() }),
        },
      })
      void queryClient.invalidateQueries({ queryKey: ['appeals'] })
      announce(t('new.done', { reference: appeal.reference }))
      await navigate({ to: '/appeals/$appealId', params: { appealId: appeal.id } })
    } catch (failure) {
      setError(failure)
      setSending(false)
    }
  }

  return (
    <Panel title={t('new.words')}>
      <form className={css.form} onSubmit={(event) => void send(event)}>
        <p className="sm t2">
          {t('new.until')} <DateTime at={until.toISOString()} form="date" />
        </p>
        <div className={css.pair}>
          <Select
            label={t('said.who')}
            data={Appellant.options.map((value) => ({ value, label: t(`appellant.${value}`) }))}
            value={draft.kind}
            allowDeselect={false}
            onChange={(kind) => change({ kind: kind as Appellant })}
          />
          <TextInput
            label={t('new.name')}
            maxLength={200}
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
        </div>
        <Textarea
          label={t('new.text')}
          rows={5}
          maxLength={10_000}
          dir="auto"
          value={draft.text}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
        <div className={css.pair}>
          <Select
            label={t('new.language')}
            searchable
            data={[...new Set([draft.language, ...languages])].map((value) => ({
              value,
              label: names.of(value) ?? value,
            }))}
            value={draft.language}
            allowDeselect={false}
            onChange={(language) => change({ language: language ?? 'en' })}
          />
          <TextInput
            type="date"
            label={t('new.on')}
            description={t('new.onHint')}
            value={draft.on}
            min={decision.decidedAt.slice(0, 10)}
            max={new Date().toISOString().slice(0, 10)}
            onChange={(event) => change({ on: event.currentTarget.value })}
          />
        </div>
        {isLate ? (
          <Textarea
            label={t('new.late')}
            description={t('new.lateHint')}
            rows={2}
            maxLength={1_000}
            value={draft.lateReason}
            onChange={(event) => change({ lateReason: event.currentTarget.value })}
          />
        ) : null}
        {error ? <FileFailure error={error} decisionId={decision.id} /> : null}
        <div className="row6">
          <Button type="submit" variant="filled" disabled={!isReady} loading={isSending}>
            {t('new.send')}
          </Button>
          <ButtonLink to="/appeals">{t('cancel')}</ButtonLink>
        </div>
      </form>
    </Panel>
  )
}

/** A day says no hour: not before the decision, and not ahead. */
function earliest(day: Date, decidedAt: string): string {
  const time = Math.min(Math.max(day.getTime(), Date.parse(decidedAt)), Date.now())
  return new Date(time).toISOString()
}

const refusals = ['appeal_open', 'appeal_window_over', 'already_superseded', 'already_undone'] as const

function FileFailure({ error, decisionId }: { error: unknown; decisionId: string }) {
  const { t } = useTranslation('appeals')
  const code = errorCode(error)
  const known = refusals.find((each) => each === code)
  return (
    <p className="sm bad" role="alert">
      {t(known ? `new.fail.${known}` : 'new.fail.other')}{' '}
      {known === 'appeal_open' ? (
        <ButtonLink size="compact-xs" to="/appeals" search={{ tab: 'all', decision: decisionId }}>
          {t('new.openOne')}
        </ButtonLink>
      ) : null}
    </p>
  )
}
