import { Button, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import css from './filter-fields.module.css'
import { useFormat, type Zone } from './format.ts'
import { instantOf, wallOf } from './wall-clock.ts'

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
  const { house } = useFormat()
  const place = zone === 'house' ? house : zone === 'utc' ? 'UTC' : null
  const label = (end: 'from' | 'to') => (place ? t(`moment.${end}.zone`, { zone: place }) : t(`moment.${end}.viewer`))
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
      <Moment label={label('from')} at={from} place={place} onChange={(at) => onChange(toEnds(at, to))} />
      <Moment label={label('to')} at={to} place={place} onChange={(at) => onChange(toEnds(from, at))} />
    </fieldset>
  )
}

/** To the minute: a link is read by people, and a list asked twice a minute is asked for the same thing. */
const iso = (ms: number) => new Date(Math.floor(ms / 60_000) * 60_000).toISOString()

const toEnds = (from: string | undefined, to: string | undefined): Ends => ({
  ...(from && { from }),
  ...(to && { to }),
})

type MomentProps = {
  label: string
  at: string | undefined
  /** A time zone; null for the viewer's. */
  place: string | null
  onChange: (at: string | undefined) => void
}

/** The browser's own picker knows no zone: what it shows is read in the zone that the label names. */
function Moment({ label, at, place, onChange }: MomentProps) {
  return (
    <TextInput
      type="datetime-local"
      label={label}
      defaultValue={at ? wallOf(at, place) : ''}
      key={at}
      onChange={({ currentTarget: { value } }) => {
        if (value === '') onChange(undefined)
        else if (/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value) && value >= '2000') onChange(instantOf(value, place))
      }}
    />
  )
}
