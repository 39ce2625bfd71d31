import { Button, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCode } from '#client/api/call.ts'
import { useMay } from '#client/api/session.ts'
import { locales } from '#client/i18n/locales.ts'
import { announce } from '#client/ui/announce.tsx'
import { FilterChip } from '#client/ui/FilterChip.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { ExportFormat, ExportKind, ScheduleInterval } from '#shared/contract/exports.ts'
import { Language } from '#shared/contract/preferences.ts'
import css from './exports.module.css'
import { useAddSchedule, useAskForExport } from './exports.queries.ts'
import type { ExportSearch } from './exports.search.ts'
import { textOf } from './words.ts'

type Props = {
  search: ExportSearch
  timeZone: string | null
  /** Whether an operator has named a folder for scheduled exports; null while nobody knows. */
  hasFolder: boolean | null
  onDone: () => void
}

const intervals = ['once', ...ScheduleInterval.options] as const
/** The same in every language. */
const formatNames = { csv: 'CSV', xlsx: 'Excel (XLSX)', jsonl: 'JSON lines', parquet: 'Parquet' }
const refusals = ['too_many_exports', 'no_export_folder', 'name_taken', 'invalid_request'] as const

/** Asks for one file, or for one of each period that ends. */
export function NewExport({ search, timeZone, hasFolder, onDone }: Props) {
  const { t, i18n } = useTranslation('exports')
  const maySchedule = useMay('export.schedule')
  const [clientId, setClientId] = useState(() => crypto.randomUUID())
  const [fields, setFields] = useState({
    kind: search.kind ?? ('decisions' as ExportKind),
    format: 'xlsx' as ExportFormat,
    language: Language.safeParse(i18n.resolvedLanguage).data ?? 'en',
    every: 'once' as (typeof intervals)[number],
    from: search.from ?? '',
    to: search.to ?? '',
    filter: search.filter ?? {},
    name: '',
    folder: '',
  })
  const ask = useAskForExport()
  const add = useAddSchedule()
  const { kind, format, every, from, to, filter } = fields
  const error = every === 'once' ? ask.error : add.error
  const isBusy = ask.isPending || add.isPending

  /** Another wording is another act: only a repeat of the same one may be answered as the first. */
  function change(next: Partial<typeof fields>) {
    setFields({ ...fields, ...next })
    setClientId(crypto.randomUUID())
    ask.reset()
    add.reset()
  }

  function done(said: string) {
    announce(said)
    onDone()
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    const { name, folder, language } = fields
    const asked = { clientId, kind, format, language, filter }
    if (every !== 'once') {
      return add.mutate({ ...asked, every, name, folder }, { onSuccess: () => done(t('schedule.added')) })
    }
    const period = { ...(from && { from }), ...(to && { to }) }
    ask.mutate({ ...asked, period }, { onSuccess: () => done(t('asked')) })
  }

  function select<Name extends 'kind' | 'format' | 'every' | 'language'>(
    name: Name,
    values: readonly (typeof fields)[Name][],
    labelOf: (value: (typeof fields)[Name]) => string,
  ) {
    return (
      <Select
        label={t(`form.${name as 'kind'}`)}
        allowDeselect={false}
        value={fields[name]}
        data={values.map((value) => ({ value, label: labelOf(value) }))}
        onChange={(value) => {
          const next = { [name]: value, ...(name === 'kind' && { filter: {} }) }
          if (value) change(next as Partial<typeof fields>)
        }}
      />
    )
  }

  const day = (name: 'from' | 'to') => (
    <TextInput
      type="date"
      dir="ltr"
      label={t(`form.${name}`)}
      required={kind === 'report'}
      value={fields[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  )
  const isSchedulable = maySchedule && hasFolder === true
  const known = refusals.find((code) => code === errorCode(error))
  return (
    <Panel title={t('new.title')}>
      <form className={css.form} onSubmit={submit} aria-label={t('new.title')}>
        <div className={css.fields}>
          {select('kind', ExportKind.options, (value) => t(`kind.${value}`))}
          {select('format', ExportFormat.options, (value) =>
            value === 'html' ? t('format.html') : formatNames[value],
          )}
          {format === 'xlsx' || format === 'html'
            ? select('language', Language.options, (value) => locales[value].name)
            : null}
          {isSchedulable ? select('every', intervals, (value) => t(`every.${value}`)) : null}
          {every === 'once' ? (
            <>
              {day('from')}
              {day('to')}
            </>
          ) : (
            <>
              <TextInput
                label={t('form.name')}
                required
                dir="ltr"
                maxLength={60}
                pattern="[A-Za-z0-9][\-\w]*"
                title={t('form.nameHelp')}
                value={fields.name}
                onChange={(event) => change({ name: event.currentTarget.value })}
              />
              <TextInput
                label={t('form.folder')}
                dir="ltr"
                maxLength={200}
                pattern="[\-\w]+(/[\-\w]+)*"
                title={t('form.folderHelp')}
                value={fields.folder}
                onChange={(event) => change({ folder: event.currentTarget.value })}
              />
            </>
          )}
        </div>
        {Object.keys(filter).length > 0 ? (
          <div className={css.chips}>
            {Object.entries(filter).map(([name, value]) => (
              <FilterChip
                key={name}
                isFixed
                name={name}
                value={textOf(value)}
                onRemove={() => {
                  const { [name]: _, ...rest } = filter
                  change({ filter: rest })
                }}
              />
            ))}
          </div>
        ) : null}
        <p className="xs t2">
          {t(`hint.${format}`)} {every === 'once' ? t('hint.period', { zone: timeZone ?? 'UTC' }) : t('hint.every')}{' '}
          {t('hint.logged')}
        </p>
        {maySchedule && hasFolder === false ? <p className="xs t3">{t('schedule.noFolder')}</p> : null}
        {error ? (
          <p className="sm bad" role="alert">
            {t(known ? `refused.${known}` : 'refused.other')}
          </p>
        ) : null}
        <div className="row6">
          <Button type="submit" variant="filled" disabled={isBusy}>
            {t(every === 'once' ? 'form.submit' : 'form.schedule')}
          </Button>
          <Button onClick={onDone}>{t('form.cancel')}</Button>
        </div>
      </form>
    </Panel>
  )
}
