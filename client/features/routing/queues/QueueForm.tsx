import { ActionIcon, Button, MultiSelect, Radio, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNameOf } from '#client/api/choices.ts'
import { queuesQuery } from '#client/api/reference-data.ts'
import { useMay } from '#client/api/session.ts'
import { announce } from '#client/ui/announce.tsx'
import { Face } from '#client/ui/Face.tsx'
import { useFormat } from '#client/ui/format.ts'
import { Panel } from '#client/ui/Panel.tsx'
import type { QueueSettings } from '#shared/contract/routing.ts'
import { targetBounds } from '#shared/domain/due.ts'
import { SourceKind } from '#shared/domain/words.ts'
import { Refused } from '../Refused.tsx'
import css from '../routing.module.css'
import { type QueueInput, targetsPreviewQuery, useRetireQueue, useSaveQueue } from '../routing.queries.ts'
import { SpanFields } from './SpanFields.tsx'

const hourMs = 3_600_000
/** Offered besides those that reviews are in. */
const common = ['ar', 'de', 'en', 'es', 'fa', 'fr', 'kk', 'ky', 'ru', 'tr', 'uk', 'uz', 'zh']

type Props = { queue: QueueSettings | null; onSaved: (queueId: string) => void; onClose: () => void }

/** What is set for one queue. Render with a key of id and version: a newer state starts anew. */
export function QueueForm({ queue, onSaved, onClose }: Props) {
  const { t } = useTranslation('routing')
  const mayManage = useMay('queue.manage')
  const [draft, setDraft] = useState<QueueInput>(() => ({
    name: queue?.name ?? '',
    targetMs: queue?.targetMs ?? 24 * hourMs,
    sourceTargets: queue?.sourceTargets ?? {},
    languages: queue?.languages ?? [],
  }))
  const [waiting, setWaiting] = useState<'keep' | 'reckon'>('reckon')
  const save = useSaveQueue()
  const isSound = draft.name.trim() !== '' && [draft.targetMs, ...Object.values(draft.sourceTargets)].every(isTarget)
  const isTimed = queue !== null && timesOf(draft) !== timesOf(queue)
  const isFixed = !mayManage || queue?.retiredAt != null
  const change = (part: Partial<QueueInput>) => setDraft((before) => ({ ...before, ...part }))

  function submit(event: FormEvent) {
    event.preventDefault()
    save.mutate(
      { ...draft, name: draft.name.trim(), of: queue, waiting },
      {
        onSuccess: ({ id, name }) => {
          announce(t('queue.saved', { name }))
          onSaved(id)
        },
      },
    )
  }

  return (
    <Panel
      title={queue ? queue.name : t('queue.new')}
      side={
        <ActionIcon aria-label={t('close')} onClick={onClose}>
          <IconX size={15} aria-hidden />
        </ActionIcon>
      }
    >
      <form className={css.form} onSubmit={submit} noValidate>
        {queue?.retiredAt ? <p className="sm t2">{t('queue.retired')}</p> : null}
        <TextInput
          label={t('queue.name')}
          maxLength={60}
          value={draft.name}
          disabled={isFixed}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <div className="col" style={{ gap: 4 }}>
          <span className="sm b">{t('queue.target')}</span>
          <div className={css.span}>
            <SpanFields
              label={t('queue.target')}
              ms={draft.targetMs}
              onMs={(targetMs) => change({ targetMs })}
              isDisabled={isFixed}
            />
          </div>
        </div>
        <SourceTargets draft={draft} onChange={change} isFixed={isFixed} />
        <Languages draft={draft} onChange={change} isFixed={isFixed || (queue?.isLastResort ?? false)} />
        {queue ? <People queue={queue} /> : null}
        {isTimed && isSound ? <WhatWaits queue={queue} draft={draft} waiting={waiting} onWaiting={setWaiting} /> : null}
        <Refused error={save.error} />
        {isFixed ? null : (
          <div className={css.acts}>
            <Button type="submit" variant="filled" disabled={!isSound} loading={save.isPending}>
              {t('save')}
            </Button>
            {queue ? <Retire queue={queue} /> : null}
          </div>
        )}
      </form>
      {queue?.retiredAt && mayManage ? <Retire queue={queue} /> : null}
    </Panel>
  )
}

const isTarget = (ms: number) => ms >= targetBounds.least && ms <= targetBounds.most
const timesOf = ({ targetMs, sourceTargets }: Pick<QueueInput, 'targetMs' | 'sourceTargets'>) =>
  JSON.stringify([targetMs, Object.entries(sourceTargets).sort()])

type FieldProps = { draft: QueueInput; onChange: (part: Partial<QueueInput>) => void; isFixed: boolean }

function SourceTargets({ draft: { sourceTargets, targetMs }, onChange, isFixed }: FieldProps) {
  const { t } = useTranslation('routing')
  const { t: ui } = useTranslation('ui')
  const set = SourceKind.options.filter((kind) => sourceTargets[kind] !== undefined)
  const left = SourceKind.options.filter((kind) => !set.includes(kind))
  const put = (kind: SourceKind, ms: number | null) => {
    const { [kind]: _, ...rest } = sourceTargets
    onChange({ sourceTargets: ms === null ? rest : { ...sourceTargets, [kind]: ms } })
  }
  return (
    <div className="col" style={{ gap: 6 }}>
      <span className="sm b">{t('queue.sourceTargets')}</span>
      {set.map((kind) => (
        <div key={kind} className={css.sourceRow}>
          <span className="sm cut">{ui(`source.${kind}`)}</span>
          <SpanFields
            label={ui(`source.${kind}`)}
            ms={sourceTargets[kind]!}
            onMs={(ms) => put(kind, ms)}
            isDisabled={isFixed}
          />
          <ActionIcon
            aria-label={t('queue.removeSource', { source: ui(`source.${kind}`) })}
            disabled={isFixed}
            onClick={() => put(kind, null)}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {isFixed || left.length === 0 ? null : (
        <Select
          aria-label={t('queue.addSource')}
          placeholder={t('queue.addSource')}
          data={left.map((kind) => ({ value: kind, label: ui(`source.${kind}`) }))}
          value={null}
          onChange={(kind) => kind && put(kind as SourceKind, targetMs)}
        />
      )}
      <span className="xs t3">{t('queue.sourceTargets.hint')}</span>
    </div>
  )
}

function Languages({ draft, onChange, isFixed }: FieldProps) {
  const { t } = useTranslation('routing')
  const format = useFormat()
  const { data } = useQuery(queuesQuery)
  const codes = [...new Set([...common, ...(data?.languages ?? []), ...draft.languages])]
  return (
    <MultiSelect
      label={t('queue.languages')}
      description={t('queue.languages.hint')}
      data={codes
        .map((value) => ({ value, label: format.language(value) }))
        .sort((a, b) => a.label.localeCompare(b.label))}
      value={draft.languages}
      disabled={isFixed}
      searchable
      hidePickedOptions
      onChange={(languages) => onChange({ languages })}
    />
  )
}

function People({ queue: { people } }: { queue: QueueSettings }) {
  const { t } = useTranslation('routing')
  const nameOf = useNameOf()
  const mayReadTeam = useMay('team.read')
  return (
    <div className="col" style={{ gap: 6 }}>
      <span className="sm b">{t('queue.people')}</span>
      {people.length === 0 ? <p className="sm warn">{t('queue.people.none')}</p> : null}
      <ul className={css.people}>
        {people.map((id) => (
          <li key={id} className="row4 sm">
            <Face id={id} name={nameOf(id)} size={18} isPlain />
            <bdi>{nameOf(id)}</bdi>
          </li>
        ))}
      </ul>
      {mayReadTeam ? (
        <Link to="/team" search={{}} className="sm">
          {t('queue.people.team')}
        </Link>
      ) : null}
    </div>
  )
}

type WaitsProps = {
  queue: QueueSettings
  draft: QueueInput
  waiting: 'keep' | 'reckon'
  onWaiting: (waiting: 'keep' | 'reckon') => void
}

/** What the new target would do to the reviews that wait, and whether it shall. */
function WhatWaits({ queue, draft: { targetMs, sourceTargets }, waiting, onWaiting }: WaitsProps) {
  const { t } = useTranslation('routing')
  const format = useFormat()
  const { data } = useQuery(targetsPreviewQuery(queue.id, { targetMs, sourceTargets }))
  const looked = data ? `${format.number(data.looked.value)}${data.looked.exact ? '' : '+'}` : ''
  return (
    <div className="col" style={{ gap: 6 }}>
      {data ? (
        <p className="sm t2" role="status">
          {data.looked.value === 0
            ? t('waiting.none')
            : `${t('waiting.looked', {
                looked,
                earlier: format.number(data.earlier),
                later: format.number(data.later),
              })} ${t('waiting.overdue', {
                before: format.number(data.overdue.before),
                after: format.number(data.overdue.after),
              })}`}
        </p>
      ) : null}
      <Radio.Group
        label={t('waiting.title')}
        value={waiting}
        onChange={(value) => onWaiting(value === 'keep' ? 'keep' : 'reckon')}
      >
        <div className="row wrap">
          <Radio size="xs" value="reckon" label={t('waiting.reckon')} />
          <Radio size="xs" value="keep" label={t('waiting.keep')} />
        </div>
      </Radio.Group>
    </div>
  )
}

function Retire({ queue }: { queue: QueueSettings }) {
  const { t } = useTranslation('routing')
  const retire = useRetireQueue()
  const isRetired = queue.retiredAt !== null
  return (
    <>
      <Button loading={retire.isPending} onClick={() => retire.mutate({ queue, isRetired: !isRetired })}>
        {t(isRetired ? 'queue.restore' : 'queue.retire')}
      </Button>
      <Refused error={retire.error} />
    </>
  )
}
