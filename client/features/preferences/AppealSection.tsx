import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useChangeOrganisation, useOrganisation } from '#client/api/preferences.ts'
import css from './preferences.module.css'

/** In hours. */
const targets = [24, 48, 72, 120, 168, 240, 336, 720] as const

/** How soon an appeal is to be answered. */
export function AppealSection() {
  const { t } = useTranslation('preferences')
  const { appealTargetHours } = useOrganisation()
  const change = useChangeOrganisation()
  // What was set elsewhere stands among them.
  const hours = [...new Set([...targets, appealTargetHours])].sort((one, other) => one - other)
  return (
    <section className="panel" aria-labelledby="preferences-appeals">
      <div className="panelHead">
        <h2 id="preferences-appeals">{t('appeals.title')}</h2>
        <span className="xs t3">{t('zone.forAll')}</span>
      </div>
      <div className="panelBody col" style={{ gap: 12 }}>
        <div className={css.kinds}>
          <Select
            label={t('appeals.target')}
            data={hours.map((each) => ({ value: String(each), label: t('house.days', { count: each / 24 }) }))}
            value={String(appealTargetHours)}
            allowDeselect={false}
            onChange={(chosen) => chosen && change.mutate({ appealTargetHours: Number(chosen) })}
          />
        </div>
        <p className="sm t2">{t('appeals.about')}</p>
        {change.isError ? (
          <p className="sm bad" role="alert">
            {t('failed')}
          </p>
        ) : null}
      </div>
    </section>
  )
}
