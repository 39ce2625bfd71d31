import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChangeLadder, useOrganisation } from '#client/api/preferences.ts'
import { announce } from '#client/ui/announce.tsx'
import { AccountMeasure } from '#shared/domain/outcomes.ts'
import { mayEnd, StrikeLadder } from '#shared/domain/strikes.ts'
import css from './preferences.module.css'

/** As it is typed: an empty field is no figure. */
type Row = { key: number; strikes: string; kind: AccountMeasure; days: string }

const rowsOf = ({ steps }: StrikeLadder): Row[] =>
  steps.map(({ strikes, kind, days }, key) => ({
    key,
    strikes: String(strikes),
    kind,
    days: days === null ? '' : String(days),
  }))

const toStep = ({ strikes, kind, days }: Row) => ({
  strikes: Number(strikes),
  kind,
  days: mayEnd(kind) && days !== '' ? Number(days) : null,
})

/** What accounts get as their strikes rise: a few steps, saved together. */
export function LadderSection() {
  const { t } = useTranslation('judging')
  const { t: preferences } = useTranslation('preferences')
  const { strikeLadder } = useOrganisation()
  const change = useChangeLadder()
  const [windowDays, setWindowDays] = useState(String(strikeLadder.windowDays))
  const [rows, setRows] = useState(() => rowsOf(strikeLadder))
  const typed = StrikeLadder.safeParse({ windowDays: Number(windowDays), steps: rows.map(toStep) })
  const isRising = rows.every(({ strikes }, at) => at === 0 || Number(strikes) > Number(rows[at - 1]!.strikes))
  const put = (key: number, part: Partial<Row>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)))

  function add() {
    const last = rows.at(-1)
    const key = Math.max(-1, ...rows.map((row) => row.key)) + 1
    setRows([...rows, { key, strikes: String(Number(last?.strikes ?? 0) + 3), kind: 'warn', days: '' }])
  }
  function save() {
    if (typed.success) change.mutate(typed.data, { onSuccess: () => announce(t('ladder.saved')) })
  }
  return (
    <section className="panel" aria-labelledby="preferences-ladder">
      <div className="panelHead">
        <h2 id="preferences-ladder">{t('ladder.title')}</h2>
        <span className="xs t3">{preferences('zone.forAll')}</span>
      </div>
      <div className="panelBody col" style={{ gap: 10 }}>
        <p className="sm t2">{t('ladder.about')}</p>
        <TextInput
          className={css.figure}
          label={t('ladder.window')}
          inputMode="numeric"
          value={windowDays}
          onChange={(event) => setWindowDays(event.currentTarget.value)}
        />
        {rows.length === 0 ? <p className="sm t3">{t('ladder.off')}</p> : null}
        {rows.map((row) => (
          <div key={row.key} className={css.step}>
            <TextInput
              label={t('ladder.at')}
              inputMode="numeric"
              value={row.strikes}
              onChange={(event) => put(row.key, { strikes: event.currentTarget.value })}
            />
            <Select
              label={t('ladder.measure')}
              allowDeselect={false}
              data={AccountMeasure.options.map((value) => ({ value, label: t(`measure.${value}`) }))}
              value={row.kind}
              onChange={(kind) => kind && put(row.key, { kind: kind as AccountMeasure })}
            />
            <TextInput
              label={t('ladder.days')}
              inputMode="numeric"
              value={mayEnd(row.kind) ? row.days : ''}
              disabled={!mayEnd(row.kind)}
              onChange={(event) => put(row.key, { days: event.currentTarget.value })}
            />
            <ActionIcon
              aria-label={t('ladder.remove', { strikes: row.strikes })}
              title={t('ladder.remove', { strikes: row.strikes })}
              onClick={() => setRows(rows.filter(({ key }) => key !== row.key))}
            >
              <IconTrash size={15} aria-hidden />
            </ActionIcon>
          </div>
        ))}
        {isRising ? null : <p className="sm bad">{t('ladder.rising')}</p>}
        <div className="row6">
          <Button variant="filled" disabled={!typed.success} loading={change.isPending} onClick={save}>
            {t('ladder.save')}
          </Button>
          <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
            {t('ladder.add')}
          </Button>
        </div>
        {change.isSuccess ? <p className="sm ok">{t('ladder.saved')}</p> : null}
        {change.isError ? (
          <p className="sm bad" role="alert">
            {t('failed')}
          </p>
        ) : null}
      </div>
    </section>
  )
}
