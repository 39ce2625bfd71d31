import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useChangeOrganisation, useOrganisation } from '#client/api/preferences.ts'
import { useClock } from '#client/ui/clock.ts'
import { useFormat } from '#client/ui/format.ts'
import css from './preferences.module.css'

/** All that this browser knows; UTC is not among them everywhere. */
const zones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]

/** The time zone in which the log, orders and reports are told to everybody, wherever they sit. */
export function TimeZoneSection() {
  const { t } = useTranslation('preferences')
  const { timeZone } = useOrganisation()
  const change = useChangeOrganisation()
  const format = useFormat()
  const now = useClock((at) => format.date(new Date(at), 'short', 'house'))
  return (
    <section className="panel" aria-labelledby="preferences-zone">
      <div className="panelHead">
        <h2 id="preferences-zone">{t('zone.title')}</h2>
        <span className="xs t3">{t('zone.forAll')}</span>
      </div>
      <div className="panelBody">
        <Select
          className={css.zone}
          label={t('zone.label')}
          description={t('zone.now', { time: now })}
          data={zones.includes(timeZone) ? zones : [timeZone, ...zones]}
          value={timeZone}
          searchable
          limit={60}
          nothingFoundMessage={t('zone.nothing')}
          onChange={(zone) => zone && zone !== timeZone && change.mutate({ timeZone: zone })}
        />
        <p className="xs t3">{t('zone.about')}</p>
        {change.isError ? (
          <p className="sm bad" role="alert">
            {t('failed')}
          </p>
        ) : null}
      </div>
    </section>
  )
}
