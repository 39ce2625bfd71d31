import { Button, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import css from './filter-fields.module.css'
import type { Zone } from './format.ts'

type Ends = { from?: string; to?: string }
type Props = Ends & {
  name: string
  zone?: Zone
  /** Which spans are offered to press: those that end now, or those that begin now. */
  looks?: 'back' | 'ahead'
  onChange: (ends: Ends) => void
  /** A span was pressed: nothing else is to be said. */
  onDone?: () => void
}

const hourMs = 3_600_000
const spans = { hour: hourMs, day: 24 * hourMs, week: 7 * 24 * hourMs } as const

/** From a moment to a moment, either of which may be missing. */
export function MomentFields({ name, from, to, zone = 'viewer', looks = 'back', onChange, onDone }: Props) {
  const { t } = useTranslation('ui')
  function press(ms: number) {
    onChange(looks === 'back' ? { from: iso(Date.now() - ms) } : { to: iso(Date.now() + ms) })
    onDone?.()
  }
  return (
    <fieldset className={css.fields}>
      <legend className="vh">{name}</legend>
      <div className="row6 wrap">
        {(['hour', 'day', 'week'] as const).map((span) => (
          <Button key={span} onClick={() => press(spans[span])}>
            {t(`moment.${looks}.${span}`)}
          </Button>
        ))}
      </div>
      <Moment label={t(`moment.from.${zone}`)} at={from} zone={zone} onChange={(at) => onChange(toEnds(at, to))} />
      <Moment label={t(`moment.to.${zone}`)} at={to} zone={zone} onChange={(at) => onChange(toEnds(from, at))} />
    </fieldset>
  )
}

/** To the minute: a link is read by people, and a list asked twice a minute is asked for the same thing. */
const iso = (ms: number) => new Date(Math.floor(ms / 60_000) * 60_000).toISOString()

const toEnds = (from: string | undefined, to: string | undefined): Ends => ({
  ...(from && { from }),
  ...(to && { to }),
})

type MomentProps = { label: string; at: string | undefined; zone: Zone; onChange: (at: string | undefined) => void }

/** The browser's own picker knows no zone: what it shows is read in the zone that the label names. */
function Moment({ label, at, zone, onChange }: MomentProps) {
  return (
    <TextInput
      type="datetime-local"
      label={label}
      defaultValue={at ? toField(at, zone) : ''}
      key={at}
      onChange={({ currentTarget: { value } }) => {
        if (value === '') onChange(undefined)
        else if (/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value) && value >= '2000')
          onChange(new Date(zone === 'utc' ? `${value}Z` : value).toISOString())
      }}
    />
  )
}

function toField(at: string, zone: Zone) {
  const date = new Date(at)
  if (zone === 'viewer') date.setMinutes(date.getMinutes() - date.getTimezoneOffset())
  return date.toISOString().slice(0, 16)
}
